import { useStillness } from "./stillness.ts";

/** A padlock, shut or open, drawn in the colour of the text. */
export function Padlock({ isShut }: { readonly isShut: boolean }) {
  return (
    <svg className="padlock" viewBox="0 0 12 14" aria-hidden="true" data-shut={isShut || undefined}>
      <path d={isShut ? "M3 6V4a3 3 0 0 1 6 0v2" : "M3 6V4a3 3 0 0 1 5.8-1"} />
      <rect x="1.5" y="6" width="9" height="7" rx="1" />
    </svg>
  );
}

export interface LockButtonProps {
  /** What is locked: "bias of unit 2". */
  readonly what: string;
  readonly isLocked: boolean;
  readonly onLock: (lock: boolean) => unknown;
}

/** Keeps training from moving a number, which the hand may still change. */
export function LockButton({ what, isLocked, onLock }: LockButtonProps) {
  const isStill = useStillness();
  return (
    <button
      type="button"
      className="lock-button"
      disabled={isStill}
      aria-label={`Lock the ${what}`}
      aria-pressed={isLocked}
      title={
        isLocked ? "Locked: training leaves it as it is" : "Lock it: training leaves it as it is"
      }
      onClick={() => void onLock(!isLocked)}
    >
      <Padlock isShut={isLocked} />
    </button>
  );
}
