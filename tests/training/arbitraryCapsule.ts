import fc from "fast-check";
import { type Arrays, type NDArray, sizeOf } from "../../src/data/ndarray.ts";
import type { Capsule } from "../../src/training/capsule.ts";

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });

export const arrayOfShape = (shape: readonly number[]): fc.Arbitrary<NDArray> =>
  fc
    .array(float32, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
    .map((numbers) => ({ shape: [...shape], data: Float32Array.from(numbers) }));

const array = fc.array(fc.nat(3), { maxLength: 3 }).chain(arrayOfShape);
const name = fc
  .stringMatching(/^[A-Za-z]\w{0,5}(\.\w{1,4}){0,2}$/)
  .filter((text) => !(text in Object.prototype));
const arrays = fc.dictionary(name, array, { maxKeys: 4, noNullPrototype: true });
const notMinusZero = (value: number) => (Object.is(value, -0) ? 0 : value);
const configValue = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(notMinusZero),
  fc.boolean(),
  fc.string({ unit: "binary", maxLength: 20 }),
);

const slotsFor = (parameters: Arrays): fc.Arbitrary<Arrays> =>
  fc
    .tuple(
      ...Object.entries(parameters).map(([of, { shape }]) =>
        arrayOfShape(shape).map((slot) => [`m/${of}`, slot] as const),
      ),
    )
    .map((entries) => Object.fromEntries(entries));

const masksFor = (parameters: Arrays): fc.Arbitrary<Arrays> =>
  fc
    .subarray(Object.entries(parameters))
    .chain((some) =>
      fc
        .tuple(
          ...some.map(([of, { shape }]) =>
            fc
              .array(fc.constantFrom(0, 1), { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
              .map((bits) => [of, { shape, data: Float32Array.from(bits) }] as const),
          ),
        )
        .map((entries) => Object.fromEntries(entries)),
    );

/** Any capsule that is well formed. */
export const capsules: fc.Arbitrary<Capsule> = arrays.chain((parameters) =>
  fc.record({
    lab: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
    version: fc.maxSafeNat(),
    config: fc.dictionary(name, configValue, { maxKeys: 4, noNullPrototype: true }),
    seed: fc.maxSafeInteger(),
    step: fc.maxSafeNat(),
    parameters: fc.constant(parameters),
    slots: slotsFor(parameters),
    held: arrays,
    locked: masksFor(parameters),
    written: fc.uniqueArray(name, { maxLength: 3 }),
    input: fc.option(arrays),
    data: fc.option(arrays),
  }),
);
