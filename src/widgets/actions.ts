import type { LabMethods } from "../engine/methods.ts";
import type { LabActions } from "./figure.ts";

/** What went wrong, in the words of the error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The actions of a still picture: they never come to an end. */
const nothing = (): Promise<never> => new Promise(() => {});

export const stillActions: LabActions = {
  names: nothing,
  read: nothing,
  grad: nothing,
  write: nothing,
  release: nothing,
  lock: nothing,
  input: nothing,
  ask: nothing,
  data: nothing,
  configure: nothing,
  edit: nothing,
  train: nothing,
  play: nothing,
  pause: nothing,
  reset: nothing,
  undo: nothing,
  redo: nothing,
  seek: nothing,
  save: nothing,
  load: nothing,
  weights: nothing,
  watch: nothing,
};

/**
 * The actions of a lab, each failure told to `fail` in words. The promise returned still rejects for
 * those who look at it; those who do not need not catch it.
 */
export function guardedActions(
  lab: Omit<LabMethods, "frame">,
  fail: (message: string) => void,
  watch: LabActions["watch"] = (extra, probes) => lab.watch(extra, probes),
): LabActions {
  const guarded = <R>(result: Promise<R>): Promise<R> => {
    result.catch((error: unknown) => fail(messageOf(error)));
    return result;
  };
  return {
    names: () => guarded(lab.names()),
    read: (name) => guarded(lab.read(name)),
    grad: (name) => guarded(lab.grad(name)),
    write: (name, value, gesture) => guarded(lab.write(name, value, gesture)),
    release: (name) => guarded(lab.release(name)),
    lock: (name, which) => guarded(lab.lock(name, which)),
    input: (value, gesture) => guarded(lab.input(value, gesture)),
    ask: (inputs, names, carry) => guarded(lab.ask(inputs, names, carry)),
    data: (arrays, gesture) => guarded(lab.data(arrays, gesture)),
    configure: (change, gesture) => guarded(lab.configure(change, gesture)),
    edit: (edit, gesture) => guarded(lab.edit(edit, gesture)),
    train: (steps) => guarded(lab.train(steps)),
    play: (pace) => guarded(lab.play(pace)),
    pause: () => guarded(lab.pause()),
    reset: (seed) => guarded(lab.reset(seed)),
    undo: () => guarded(lab.undo()),
    redo: () => guarded(lab.redo()),
    seek: (step) => guarded(lab.seek(step)),
    save: (options) => guarded(lab.save(options)),
    load: (file) => guarded(lab.load(file)),
    weights: (file, settings) => guarded(lab.weights(file, settings)),
    watch: (extra, probes) => guarded(watch(extra, probes)),
  };
}
