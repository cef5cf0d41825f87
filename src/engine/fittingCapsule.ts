import type { Program } from "../models/program.ts";
import { type Capsule, CapsuleError } from "../training/capsule.ts";
import {
  type Config,
  changedConfig,
  checkpointOwner,
  initialConfig,
  type Lab,
  type OptimiserName,
} from "../training/lab.ts";
import { optimisers } from "../training/optimisers.ts";
import { checkedArray, checkedData, checkedInput, checkedMask } from "./inputs.ts";
import { dataOf, type Moment } from "./labState.ts";

/**
 * The state that a capsule holds, when it is one of this lab: configuration, parameters, optimiser
 * slots, input and data all of the kinds and shapes that the lab has. A lab that opens with another's
 * checkpoint takes the parameters of that lab's states too.
 *
 * @throws CapsuleError or RangeError saying what does not fit
 */
export function fittingMoment(
  lab: Lab,
  programOf: (config: Config) => Program,
  arrived: Capsule,
): Moment {
  const capsule = adopted(lab, arrived);
  const { lab: id, version, ...moment } = capsule;
  if (id !== lab.id || version !== lab.version) {
    throw new CapsuleError(
      `This state belongs to the lab "${id}", version ${version}; this is "${lab.id}", version ${lab.version}.`,
    );
  }
  const config = changedConfig(lab.fields, initialConfig(lab.fields), capsule.config);
  const { parameters, optimisers: rules } = programOf(config);
  checkParameters(capsule, parameters);
  for (const [name, mask] of Object.entries(capsule.locked)) {
    checkedMask(name, mask, parameters[name]?.shape ?? []);
  }
  checkSlots(capsule, parameters, (name) => {
    const rule = rules?.[name]?.rule ?? (config.optimiser as OptimiserName | undefined);
    return rule ? optimisers[rule].slots : [];
  });
  const own = dataOf(lab, config);
  const data = capsule.data ? checkedData(capsule.data, own) : own;
  if (capsule.input) checkedInput(capsule.input, {}, data);
  return { ...moment, config };
}

/** For a lab that opens with another's checkpoint, what that one has learnt as a state of this lab. */
function adopted(lab: Lab, capsule: Capsule): Capsule {
  if (capsule.lab === lab.id || capsule.lab !== checkpointOwner(lab)) return capsule;
  const { seed, parameters } = capsule;
  return {
    ...{ lab: lab.id, version: lab.version, config: initialConfig(lab.fields), seed, step: 0 },
    ...{ parameters, slots: {}, held: {}, locked: {}, written: [], input: null, data: null },
  };
}

function checkParameters(capsule: Capsule, parameters: Program["parameters"]): void {
  for (const [name, { shape }] of Object.entries(parameters)) {
    const array = capsule.parameters[name];
    if (!array) throw new CapsuleError(`The parameter ${name} is missing from this state.`);
    checkedArray(name, array, shape);
  }
  const stranger = [...Object.keys(capsule.parameters), ...capsule.written].find(
    (name) => !Object.hasOwn(parameters, name),
  );
  if (stranger !== undefined) {
    throw new CapsuleError(`This lab has no parameter "${stranger}", but the state holds one.`);
  }
}

function checkSlots(
  capsule: Capsule,
  parameters: Program["parameters"],
  slotsOf: (parameter: string) => readonly string[],
): void {
  for (const [key, array] of Object.entries(capsule.slots)) {
    const [slot = "", ...rest] = key.split("/");
    const name = rest.join("/");
    const shape = parameters[name]?.shape;
    if (!shape || !slotsOf(name).includes(slot)) {
      throw new CapsuleError(`The optimiser of this state keeps no "${key}", but the state does.`);
    }
    checkedArray(`The optimiser's ${key}`, array, shape);
  }
}
