import { expect, test } from "vitest";
import { ndarray } from "../../src/data/ndarray.ts";
import { FrameReceiver, FrameSender } from "../../src/engine/spareFrame.ts";
import type { Frame } from "../../src/training/lab.ts";

const data = { x: ndarray([[1], [2]]) };
const input = { x: ndarray([[3]]) };
const config = { hidden: 8 };
const frame = (change: Partial<Frame>) =>
  ({ step: 0, config, heldOut: [], data, input, ...change }) as Frame;

test("what the page gets is every frame as it was sent", () => {
  const [sender, receiver] = [new FrameSender(), new FrameReceiver()];
  const other = { x: ndarray([[5]]) };
  const frames = [
    frame({}),
    frame({ step: 1 }),
    frame({ step: 2, input: other }),
    frame({ step: 3, input: other, data: other }),
    frame({ step: 4 }),
  ];
  for (const sent of frames) expect(receiver.whole(sender.spare(sent))).toEqual(sent);
});

test("data and input travel once, until they change", () => {
  const sender = new FrameSender();
  expect(sender.spare(frame({}))).toHaveProperty("data");
  const second = sender.spare(frame({ step: 1, input: { ...input } }));
  expect(second).not.toHaveProperty("data");
  expect(second).toHaveProperty("input");
});

test("the page holds the same settings, to the object, until they change", () => {
  const [sender, receiver] = [new FrameSender(), new FrameReceiver()];
  const send = (change: Partial<Frame>) =>
    receiver.whole(structuredClone(sender.spare(frame(change))));
  const first = send({});
  expect(send({ step: 1 }).config).toBe(first.config);
  expect(send({ step: 2, config: { hidden: 9 } }).config).toEqual({ hidden: 9 });
});
