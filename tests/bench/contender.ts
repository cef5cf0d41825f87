import type { LaunchOptions, Page } from "playwright-core";
import type { Book } from "../pages/book.ts";

/** What a part of the benchmark measures with. */
export interface Bench {
  /** The built book, in the one Chromium in which everything runs. */
  readonly book: Book;
  /** The page of the peers, in the same Chromium: see peers.ts. */
  readonly peers: Page;
  /** How often each contender has its turn. */
  readonly rounds: number;
  /** Prints what is known already, where a part takes minutes. */
  print(text: string): void;
}

/**
 * One part of the benchmark: the module parts/NAME.ts, chosen by `npm run bench -- NAME`. Its peers, if
 * it has any, are in the module peers/NAME.ts.
 */
export interface PartModule {
  /** How its Chromium is started; with WebGL and WebGPU in software unless it says otherwise. */
  readonly launch?: LaunchOptions;
  /** Measures, and resolves to what is to be printed. */
  measure(bench: Bench): Promise<string>;
}

/** Something that trains, to be timed. */
export interface Contender {
  readonly name: string;
  /** Empty where the contender has no choice of backend. */
  readonly backend: string;
  /** The table it belongs to, among others that do the same work. */
  readonly group: string;
  /** What has to be done before each turn. */
  ready(): Promise<void>;
  /** Takes so many training steps; resolves to milliseconds. */
  run(steps: number): Promise<number>;
}

/** The numbers of one contender, one a round; none, and why, where it would not run. */
export interface Measurement {
  readonly name: string;
  readonly backend: string;
  readonly group: string;
  readonly values: readonly number[];
  readonly why?: string;
}

/** A turn lasts at least this long, so that the clock's grain and a frame's work do not show. */
const turn = 250;

/** The number of steps that fill a turn. The first runs are the warm-up. */
async function stepsOfATurn(contender: Contender): Promise<number> {
  await contender.ready();
  let steps = 1;
  while ((await contender.run(steps)) < turn) steps *= 2;
  return steps;
}

/**
 * Training steps a second of each contender. They take turns, one after the other in each round, so that
 * what slows the machine for a while slows all of them.
 */
export async function speedsInTurns(
  contenders: readonly Contender[],
  rounds: number,
): Promise<readonly Measurement[]> {
  const running: { contender: Contender; steps: number; values: number[] }[] = [];
  const absent: Measurement[] = [];
  for (const contender of contenders) {
    const { name, backend, group } = contender;
    try {
      running.push({ contender, steps: await stepsOfATurn(contender), values: [] });
    } catch (error) {
      absent.push({ name, backend, group, values: [], why: firstLine(error) });
    }
  }
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`  round ${round} of ${rounds}\n`);
    for (const { contender, steps, values } of running) {
      await contender.ready();
      values.push((1000 * steps) / (await contender.run(steps)));
    }
  }
  const measured = running.map(({ contender: { name, backend, group }, values }) => {
    return { name, backend, group, values };
  });
  return [...measured, ...absent];
}

export function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}

/** A contender that trains in the peers' page. It is started, fresh, with `settings`. */
export async function peerContender(
  { peers }: Bench,
  part: string,
  about: Pick<Contender, "name" | "backend" | "group">,
  settings: unknown,
): Promise<Contender> {
  const key = `${part}: ${about.group}: ${about.name} ${about.backend}`;
  await peers.evaluate(([key, part, settings]) => window.peers.prepare(key, part, settings), [
    key,
    part,
    settings,
  ] as const);
  return {
    ...about,
    ready: async () => {},
    run: (steps) => peers.evaluate(([key, n]) => window.peers.train(key, n), [key, steps] as const),
  };
}
