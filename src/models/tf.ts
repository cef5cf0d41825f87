/**
 * TensorFlow.js as the book uses it: the core, the method form of its operations (`x.matMul(W)`),
 * and the gradients of the kernels in the engine's list. A backend is registered separately, by `engine/`.
 */
// First the core: it sets the flags that registering a gradient reads.
import "@tensorflow/tfjs-core";
import "./tensorMethods.ts";
import "virtual:tensorflow/gradients";

export * from "@tensorflow/tfjs-core";
