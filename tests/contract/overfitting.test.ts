import { expect, test } from "vitest";
import { overfittingLab } from "../../chapters/03-learning/overfittingLab.ts";
import { entry } from "../../src/data/ndarray.ts";
import { runningLab } from "./runningLab.ts";

/** The loss on the points kept apart after six hundred steps from so many points of a draw. */
async function lossApart(points: number, draw: number): Promise<number> {
  const lab = await runningLab("03-learning", overfittingLab);
  await lab.configure({ points, draw });
  await lab.reset(draw);
  await lab.train(600);
  const { values } = await lab.frame();
  await lab.close();
  return entry(values["L_data@held"]);
}

test("a hundred points leave less loss on those kept apart than twelve do, whatever the draw", async () => {
  for (let draw = 1; draw <= 5; draw++) {
    const [few, many] = [await lossApart(12, draw), await lossApart(100, draw)];
    expect(many, `draw ${draw}: ${few} from twelve`).toBeLessThan(few);
  }
}, 300_000);
