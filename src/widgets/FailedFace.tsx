export interface FailedFaceProps {
  readonly why: string;
  readonly onRetry?: (() => void) | undefined;
  /** Offers the slow but certain backend. */
  readonly onCpu?: (() => void) | undefined;
}

/** What happened, why, and what to do. */
export function FailedFace({ why, onRetry, onCpu }: FailedFaceProps) {
  return (
    <div className="lab-failed" role="alert">
      <p>
        <strong>This lab has stopped.</strong> {why}
      </p>
      <p className="lab-buttons">
        {onRetry && (
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        )}
        {onCpu && (
          <button type="button" onClick={onCpu}>
            Run on the CPU
          </button>
        )}
      </p>
    </div>
  );
}
