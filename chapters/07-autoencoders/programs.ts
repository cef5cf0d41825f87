import type { Program } from "../../src/models/program.ts";
import type { Config } from "../../src/training/lab.ts";
import { bottleneck } from "./bottleneckProgram.ts";
import { klByHand } from "./klProgram.ts";
import { oddOneOut } from "./oddProgram.ts";
import { planeProgram } from "./planeProgram.ts";
import { trickProgram } from "./trickProgram.ts";

/** The models of the chapter's labs, by the lab's id. */
export const programs = {
  "ae-bottleneck": bottleneck,
  "ae-odd": oddOneOut,
  "vae-trick": trickProgram,
  "vae-plane": planeProgram,
  "vae-kl": klByHand,
} satisfies Readonly<Record<string, (config: Config) => Program>>;
