import type { RacerName } from "../raceLab.ts";

/** Each racer's mark, about the origin: it has a shape as well as a colour. */
export const racerShape: Readonly<Record<RacerName, string>> = {
  rnn: "M0 -6L6 5H-6Z",
  lstm: "M-5 -5H5V5H-5Z",
  gru: "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
};

/** A racer's mark beside its name. */
export function RacerMark({ racer }: { readonly racer: RacerName }) {
  return (
    <svg className="race-mark" viewBox="-8 -8 16 16" aria-hidden="true">
      <path d={racerShape[racer]} style={{ fill: `var(--race-${racer})` }} />
    </svg>
  );
}
