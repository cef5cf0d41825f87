import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take a minute or more, the longest first. */
const longest = [
  "tests/engine/stepper.test.ts",
  "tests/engine/kernels.test.ts",
  "tests/contract/exercises.test.ts",
  "tests/contract/chapters.test.ts",
  "tests/pages/aliveSecond.test.ts",
  "tests/pages/aliveThird.test.ts",
];

/** Starts the long files before the others: one that begins last would run on alone, on one core of two. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(name));
      return at === -1 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
