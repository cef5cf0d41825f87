import { gptLab } from "../../../chapters/08-transformer/gptProgram.ts";
import { entry, ndarray } from "../../../src/data/ndarray.ts";
import { storyVocabulary } from "../../../src/data/tokenCorpus.ts";
import { Asking } from "../../../src/engine/asking.ts";
import { Runtime } from "../../../src/engine/backends.ts";
import type { BackendName } from "../../../src/engine/methods.ts";
import { disposeAll, upload } from "../../../src/engine/passes.ts";
import { Stepper } from "../../../src/engine/stepper.ts";
import type { Tensors } from "../../../src/models/program.ts";
import { bookGpt } from "../../../src/models/transformer/bookGpt.ts";
import { initialParameters } from "../../../src/training/initialise.ts";
import { optimisers } from "../../../src/training/optimisers.ts";
import type { Peer } from "../peer.ts";
import { plainTfjs } from "../plainTfjs.ts";
import { PlainGpt } from "./plainGpt.ts";

/** The book's own GPT: a training step, or the writing of tokens with its keys and values kept. */
export interface GptSettings {
  readonly peer: "Unrolled" | "plain tfjs";
  readonly kind: "train" | "write";
  readonly backend: BackendName;
  /** Texts a step. */
  readonly batch: number;
}

const learningRate = 1e-3;
const { V, T } = bookGpt(storyVocabulary);
/** What a text begins with; the rest of its places is written. */
const begun = 16;

/** Tokens as if drawn, the same in every peer: what they are does not matter to the clock. */
const token = (i: number) => (i * 7919) % V;
const rows = (B: number, from: number) =>
  Array.from({ length: B }, (_, b) => Array.from({ length: T }, (_, t) => token(b * T + t + from)));

/** The book's model under the book's engine: the steps of its lab, and its writing, without frames. */
async function unrolled({ kind, backend, batch }: GptSettings): Promise<Peer> {
  const runtime = await Runtime.start(backend);
  const program = gptLab({ text: "", tau: 1, k: 0, share: 1 });
  let parameters: Tensors = upload(initialParameters(program.parameters, 1));
  if (kind === "write") return writing(runtime, program, parameters);
  const stepper = new Stepper();
  const texts = upload({ x: ndarray(rows(batch, 0)), y: ndarray(rows(batch, 1)) });
  let slots: Tensors = {};
  let step = 0;
  const advance = () => {
    step += 1;
    const state = { parameters, slots, batch: texts, held: {}, locked: {} };
    const settings = { learningRate, step, clipNorm: 0 };
    const next = stepper.step(program, optimisers.adam, state, settings);
    disposeAll(parameters);
    disposeAll(slots);
    ({ parameters, slots } = next);
  };
  // The first step is taken the plain way, the second is recorded.
  for (let i = 0; i < 3; i++) advance();
  return {
    async train(steps) {
      for (let i = 0; i < steps; i++) advance();
      await runtime.numbers(parameters["norm_f.beta"] as Tensors[string]);
    },
  };
}

function writing(runtime: Runtime, program: ReturnType<typeof gptLab>, parameters: Tensors): Peer {
  const asking = new Asking();
  const carry = { K: "cache.K", V: "cache.V" };
  const ask = async (inputs: Parameters<Asking["ask"]>[3]) => {
    const wanted = { names: ["y_next"], carry };
    const { y_next } = await asking.ask(runtime, program, { parameters, held: {} }, inputs, wanted);
    return entry(y_next);
  };
  let t = T;
  let last = 0;
  return {
    async train(tokens) {
      for (let i = 0; i < tokens; i++) {
        if (t < T) last = await ask({ token: [last], t, u: [0.5] });
        else {
          t = begun - 1;
          const x = rows(1, 0).map((row) => row.map((own, at) => (at < begun ? own : 0)));
          last = await ask({ x, t, u: [0.5] });
        }
        t += 1;
      }
    },
  };
}

/** The same model in TensorFlow.js, eager, as one would write it by its guides. */
async function plain({ kind, backend, batch }: GptSettings): Promise<Peer> {
  const tf = await plainTfjs(backend);
  const gpt = new PlainGpt(tf, bookGpt(storyVocabulary));
  if (kind === "train") {
    const adam = tf.train.adam(learningRate);
    const [x, y] = [0, 1].map((from) => tf.tensor2d(rows(batch, from), [batch, T], "int32"));
    return {
      async train(steps) {
        for (let i = 0; i < steps; i++) adam.minimize(() => gpt.loss(x!, y!));
        await gpt.weights.at(-1)!.data();
      },
    };
  }
  let t = T;
  let last = 0;
  return {
    async train(tokens) {
      for (let i = 0; i < tokens; i++) {
        const isFirst = t >= T;
        if (isFirst) t = begun;
        const text = isFirst ? (rows(1, 0)[0] as number[]).slice(0, begun) : [last];
        last = await gpt.next(text, isFirst);
        t += 1;
      }
    },
  };
}

export function peer(settings: GptSettings): Promise<Peer> {
  return settings.peer === "Unrolled" ? unrolled(settings) : plain(settings);
}
