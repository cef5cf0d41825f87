import { oneHot } from "../../src/models/embedding.ts";
import { hooked, overhearing, replaced, restored, steered } from "../../src/models/hooks.ts";
import { named } from "../../src/models/named.ts";
import type { Program, Tensors } from "../../src/models/program.ts";
import type { Tap } from "../../src/models/tap.ts";
import * as tf from "../../src/models/tf.ts";
import type { BuiltGpt } from "../../src/models/transformer/gpt.ts";
import type { Config } from "../../src/training/lab.ts";
import { tokenCrossEntropy } from "../../src/training/loss.ts";
import { partsOf, patientOf, type Site, sitesOf, streamsOf } from "./interventionsNumbers.ts";
import { nextTokenProgram, repeatModel } from "./repeatsProgram.ts";

/**
 * `mi-interventions`: a model of repeated blocks, and beside its plain run (x) three experiments, each on
 * inputs of its own: `cutting` (all: texts), `patching` (from, into: two texts), `steering` (text, texts).
 */
export function interventions(config: Config): Program {
  const model = repeatModel(patientOf(config));
  const plain = nextTokenProgram(model);
  const experiment = { model, config };
  return {
    ...plain,
    forward(parameters, inputs, tap) {
      if (inputs.all) return cutting(experiment, parameters, inputs, tap);
      if (inputs.into) return patching(experiment, parameters, inputs, tap);
      if (inputs.text) return steering(experiment, parameters, inputs, tap);
      return plain.forward(parameters, inputs, tap);
    },
  };
}

/** Above every logit. */
const never = 1e6;

interface Experiment {
  readonly model: BuiltGpt;
  readonly config: Config;
}

/** Everything that the model taps on these tokens when it is left alone. */
function listenedTo({ model }: Experiment, parameters: Tensors, tokens: tf.Tensor) {
  const { tap, heard } = overhearing();
  const logits = model.logits(parameters, tokens, tap);
  return { logits, heard };
}

/** Of logits `[B, T, V]` those after the last token, `[B, V]`. */
function lastOf(logits: tf.Tensor): tf.Tensor {
  const [B, T, V] = logits.shape as [number, number, number];
  return logits.slice([0, T - 1, 0], [B, 1, V]).squeeze([1]);
}

/** 1 at the entries of a site's tap that are the site's: `places` `[B, T]` says where in the text. */
function maskAt({ kind, head }: Site, places: tf.Tensor, heads: number): tf.Tensor {
  if (kind !== "head") return places.expandDims(-1); // [B, T, 1]
  const which = tf.oneHot(tf.tensor1d([head], "int32"), heads).toFloat(); // [1, h]
  return places.expandDims(1).mul(which.expandDims(-1)).expandDims(-1); // [B, h, T, 1]
}

/**
 * Each part taken out alone, then all that `out` marks. `all` [m, T]: texts, the reader's last, filled up;
 * `y` [m, T]: what comes next, −1 where it is not asked; `place`: the last of the reader's; `out` [parts].
 * Taps cut_loss [1 + parts + 1] and cut_p [1 + parts + 1, V], the first of the model left alone.
 */
function cutting(experiment: Experiment, parameters: Tensors, inputs: Tensors, tap: Tap) {
  const { model, config } = experiment;
  const [all, y] = [named(inputs, "all"), named(inputs, "y")];
  const [m, T] = all.shape as [number, number];
  const { logits, heard } = listenedTo(experiment, parameters, all);
  const parts = partsOf(config);
  const everywhere = tf.ones([m, T]);
  const instead = (h: tf.Tensor) => insteadOf(h, String(config.how));
  const without = (isOut: (part: number) => tf.Tensor | null) => {
    const hooks: Record<string, ReturnType<typeof replaced>> = {};
    for (const [i, site] of parts.entries()) {
      const out = isOut(i);
      const h = named(heard, site.tap);
      const before = hooks[site.tap];
      if (!out) continue;
      const hook = replaced(maskAt(site, everywhere, model.sizes.heads).mul(out), instead(h));
      hooks[site.tap] = before ? (value) => hook(before(value)) : hook;
    }
    return model.logits(parameters, all, hooked(hooks));
  };
  const marks = named(inputs, "out").unstack();
  const runs = [
    logits,
    ...parts.map((_, one) => without((part) => (part === one ? tf.scalar(1) : null))),
    without((part) => marks[part] ?? null),
  ];
  const place = oneHot(named(inputs, "place"), T); // [T]
  const said = runs.map((run) => place.expandDims(0).matMul(run.slice([m - 1], [1]).squeeze([0]))); // [1, V]
  tap("cut_p", tf.concat(said).softmax()); // [runs, V]
  return tap("cut_loss", tf.stack(runs.map((run) => tokenCrossEntropy(run, y)))); // [runs]
}

/** What stands in for a quantity `[m, …]` that is taken out: nothing, its mean over the texts, or that of the next text. */
function insteadOf(h: tf.Tensor, how: string): tf.Tensor {
  if (how === "zero") return tf.zerosLike(h);
  if (how === "mean") return h.mean(0, true);
  const m = h.shape[0] as number;
  return tf.concat([h.slice([1], [m - 1]), h.slice([0], [1])]);
}

/**
 * `from` and `into`, [1, T]: what the model made of the one text is put into its run on the other, at one
 * site and one place at a time. Taps a and b [1, V], the answers to the two, one-hot; patched
 * [sites, T, V], what it then says; r [sites, T], how much of the way from b to a that is.
 */
function patching(experiment: Experiment, parameters: Tensors, inputs: Tensors, tap: Tap) {
  const { model, config } = experiment;
  const [from, into] = [named(inputs, "from"), named(inputs, "into")];
  const T = into.shape[1] as number;
  const { logits, heard } = listenedTo(experiment, parameters, from);
  const clean = lastOf(logits); // [1, V]
  const other = lastOf(model.logits(parameters, into)); // [1, V]
  const each = oneHot(tf.range(0, T), T); // [T, T]: run t replaces place t
  const texts = into.tile([T, 1]); // [T, T]
  const runs = sitesOf(config).map((site) => {
    const mask = maskAt(site, each, model.sizes.heads);
    const hooks = { [site.tap]: replaced(mask, named(heard, site.tap)) };
    return lastOf(model.logits(parameters, texts, hooked(hooks)));
  });
  const patched = tap("patched", tf.stack(runs)); // [sites, T, V]
  tap("before", tf.concat([clean, other])); // [2, V]
  const V = model.sizes.V;
  const a = oneHot(clean.argMax(-1), V); // [1, V]
  const b = oneHot(other.sub(a.mul(never)).argMax(-1), V); // [1, V], another than a
  const lead = a.sub(b); // [1, V]
  const Delta = (said: tf.Tensor) => said.mul(lead).sum(-1);
  return tap("r", restored(Delta(patched), Delta(other), Delta(clean))); // [sites, T]
}

/**
 * `text` [1, T] is read with the stream pushed at its last place, towards letter `to` and away from the
 * letter that stands there, so far as `alphas` [k] say. Taps v [d_model], the mean stream where `to` is read
 * less the mean where the other is, over `texts` [m, T]; steered_p [k, V].
 */
function steering(experiment: Experiment, parameters: Tensors, inputs: Tensors, tap: Tap) {
  const { model, config } = experiment;
  const [text, texts, alphas] = ["text", "texts", "alphas"].map((name) => named(inputs, name)) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const { V, d_model } = model.sizes;
  const [T, k] = [text.shape[1] as number, alphas.shape[0] as number];
  const streams = streamsOf(config);
  const site = streams[Math.min(Number(config.stream), streams.length - 1)] as Site;
  const { heard } = listenedTo(experiment, parameters, texts);
  const h = named(heard, site.tap).reshape([-1, d_model]); // [m·T, d_model]
  const is = oneHot(texts.flatten(), V); // [m·T, V]
  const means = is.matMul(h, true).div(is.sum(0).expandDims(1)); // [V, d_model]
  const to = oneHot(named(inputs, "to"), V); // [V]
  const last = text.slice([0, T - 1], [1, 1]).squeeze([0, 1]);
  const v = tap("v", to.sub(oneHot(last, V)).expandDims(0).matMul(means).squeeze([0])); // [d_model]
  const mask = oneHot(tf.scalar(T - 1), T).reshape([1, T, 1]);
  const hooks = { [site.tap]: steered(mask, v, alphas.reshape([k, 1, 1])) };
  const logits = lastOf(model.logits(parameters, text.tile([k, 1]), hooked(hooks)));
  return tap("steered_p", logits.softmax()); // [k, V]
}
