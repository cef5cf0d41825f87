import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A Python that trains models in PyTorch: a script beside this file, which answers one question a line. */
export class Torch {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  private constructor(python: string, script: string) {
    this.#process = spawn(python, [join(import.meta.dirname, script)], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#process.on("error", () => {});
    const { stdin, stdout } = this.#process;
    stdin?.on("error", () => {});
    if (!stdout) throw new Error(`${python} gave no output.`);
    this.#answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /** The first Python that has PyTorch, and the words in which it says which; null where none has. */
  static async start(script: string): Promise<{ torch: Torch; about: string } | null> {
    for (const python of ["python3", "/usr/bin/python3"]) {
      const torch = new Torch(python, script);
      const { value: about, done } = await torch.#answers.next();
      if (!done) return { torch, about };
      torch.stop();
    }
    return null;
  }

  /** Has it do what the words say; resolves to the milliseconds that took. */
  async train(...words: readonly (string | number)[]): Promise<number> {
    this.#process.stdin?.write(`${words.join(" ")}\n`);
    const { value } = await this.#answers.next();
    return Number(value);
  }

  stop(): void {
    this.#process.kill();
  }
}
