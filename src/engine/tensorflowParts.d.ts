declare module "virtual:tensorflow/cpu";
declare module "virtual:tensorflow/webgl";
declare module "virtual:tensorflow/webgpu";
declare module "virtual:tensorflow/gradients";
declare module "virtual:tensorflow/wasm" {
  export { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
}
