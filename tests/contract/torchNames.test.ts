import { expect, test } from "vitest";
import type { Program } from "../../src/models/program.ts";
import { initialParameters } from "../../src/training/initialise.ts";
import { type Config, initialConfig, type Lab } from "../../src/training/lab.ts";
import { readStateDict, writeStateDict } from "../../src/training/torchNames.ts";

const labs = import.meta.glob<{ labs: readonly Lab[] }>("../../chapters/*/labs.ts", {
  eager: true,
});
const programs = import.meta.glob<{ programs: Record<string, (config: Config) => Program> }>(
  "../../chapters/*/programs.ts",
  { eager: true },
);

const all = Object.entries(labs).flatMap(([path, module]) =>
  module.labs.map((lab) => {
    const make = programs[path.replace("labs.ts", "programs.ts")]?.programs[lab.id];
    if (!make) throw new Error(`There is no program "${lab.id}".`);
    return [lab.id, make(initialConfig(lab.fields))] as const;
  }),
);

const named = all.flatMap(([id, program]) =>
  program.torch ? [[id, program, program.torch] as const] : [],
);

test.each(named)("%s: every parameter stands once in PyTorch's tensors", (_id, program, torch) => {
  const blocks = torch.flatMap((tensor) => tensor.rows);
  const set = blocks.flatMap((block) => {
    if (typeof block === "string") return [block];
    return "of" in block ? [block.of] : [];
  });
  const added = blocks.flatMap((block) =>
    typeof block === "object" && "addedTo" in block ? [block.addedTo] : [],
  );
  expect(set.toSorted()).toEqual(Object.keys(program.parameters).toSorted());
  expect(added.filter((name) => !set.includes(name))).toEqual([]);
});

test.each(named)(
  "%s: what is written for PyTorch is read back to the bit",
  (_id, program, torch) => {
    const parameters = initialParameters(program.parameters, 1);
    expect(readStateDict(torch, program.parameters, writeStateDict(torch, parameters))).toEqual(
      parameters,
    );
  },
);

/** Its W_h is multiplied by a setting, for which PyTorch's module has no place. */
const without = ["rnn-gradient"];

test("every lab that trains a recurrent cell can exchange it with PyTorch", () => {
  const recurrent = all.filter(([, { parameters }]) =>
    Object.keys(parameters).some((name) => /(^|\.)(W_h|U_[fzh])$/.test(name)),
  );
  expect(recurrent.filter(([, { torch }]) => !torch).map(([id]) => id)).toEqual(without);
});
