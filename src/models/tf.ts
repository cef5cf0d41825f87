/**
 * TensorFlow.js as the book uses it: the core, the method form of its operations (`x.matMul(W)`),
 * and the gradients. A backend is registered separately, by `engine/`.
 */
// First the core: it sets the flags that registering a gradient reads.
import "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-core/dist/register_all_gradients";

export * from "@tensorflow/tfjs-core";
