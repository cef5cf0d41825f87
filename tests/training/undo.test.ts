import fc from "fast-check";
import { expect, test } from "vitest";
import { UndoStack } from "../../src/training/undo.ts";

test("undoing everything leads back through every state, and redoing forward again", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 20 }), (states) => {
      const stack = new UndoStack<number>();
      let current = 0;
      for (const next of states) {
        stack.push(current);
        current = next;
      }
      const all = [0, ...states];
      for (const before of all.slice(0, -1).reverse()) {
        current = stack.undo(current) as number;
        expect(current).toBe(before);
      }
      expect([stack.canUndo, stack.undo(current)]).toEqual([false, null]);
      for (const after of states) {
        current = stack.redo(current) as number;
        expect(current).toBe(after);
      }
      expect([stack.canRedo, stack.redo(current)]).toEqual([false, null]);
    }),
  );
});

test("the edits of one gesture are undone together", () => {
  const stack = new UndoStack<string>();
  stack.push("start", "drag 1");
  stack.push("half way", "drag 1");
  stack.push("dragged", "drag 2");
  expect(stack.undo("dragged further")).toBe("dragged");
  expect(stack.undo("dragged")).toBe("start");
  expect(stack.canUndo).toBe(false);
  expect(stack.redo("start")).toBe("dragged");
});

test("edits without a gesture are never joined", () => {
  const stack = new UndoStack<number>();
  stack.push(0);
  stack.push(1);
  expect(stack.undo(2)).toBe(1);
});

test("a new edit, of the same gesture too, forgets what could be redone", () => {
  const stack = new UndoStack<number>();
  stack.push(0, "drag");
  stack.push(1, "other");
  stack.undo(2);
  expect(stack.canRedo).toBe(true);
  stack.push(1, "drag");
  expect(stack.canRedo).toBe(false);
});

test("an edit undone is not joined by what comes later of its gesture", () => {
  const stack = new UndoStack<number>();
  stack.push(0, "drag");
  stack.undo(1);
  stack.push(5, "drag");
  expect(stack.undo(6)).toBe(5);
});

test("beyond its limits it forgets the oldest, but never the latest", () => {
  const counted = new UndoStack<number>({ count: 3 });
  for (let state = 0; state < 10; state++) counted.push(state);
  expect([10, 9, 8, 7].map((current) => counted.undo(current))).toEqual([9, 8, 7, null]);

  const weighed = new UndoStack<number>({ bytes: 10, bytesOf: (state) => state });
  for (const bytes of [4, 4, 4]) weighed.push(bytes);
  expect([1, 2, 3].map((current) => weighed.undo(current))).toEqual([4, 4, null]);
  weighed.push(99);
  expect(weighed.canUndo).toBe(true);
});

test("nothing is left after clearing", () => {
  const stack = new UndoStack<number>();
  stack.push(0);
  stack.push(1);
  stack.undo(2);
  stack.clear();
  expect([stack.canUndo, stack.canRedo]).toEqual([false, false]);
});

test("another stack that recalls what one remembers goes on in its place", () => {
  const stack = new UndoStack<number>();
  for (const state of [0, 1, 2]) stack.push(state);
  stack.undo(3);
  const other = new UndoStack<number>();
  other.push(99);
  other.recall(stack.remembered);
  stack.clear();
  expect(other.redo(2)).toBe(3);
  expect([3, 2, 1].map((current) => other.undo(current))).toEqual([2, 1, 0]);
  expect(other.canUndo).toBe(false);
});
