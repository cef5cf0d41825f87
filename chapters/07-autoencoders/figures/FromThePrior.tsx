import type { Frame } from "../../../src/training/lab.ts";
import { randomStream } from "../../../src/training/random.ts";
import { PictureGrid } from "../../../src/viz/Picture.tsx";
import { useStillness } from "../../../src/widgets/stillness.ts";
import { side } from "../digits.ts";
import { codesOf } from "../planeLab.ts";

const drawn = 24;

/** Codes drawn from N(0, 1), each number by itself. */
export function priorProbes(d: number, draw: number, digit: number) {
  const { normal } = randomStream(draw, "codes from the prior");
  const codes = Array.from({ length: drawn }, () => Array.from({ length: d }, normal));
  return { watches: ["x_hat@prior"], probes: { prior: codesOf(codes, digit) } };
}

interface FromThePriorProps {
  readonly frame: Frame;
  readonly onDraw: () => void;
}

/** Pictures that nobody has drawn: codes from the prior, decoded. */
export function FromThePrior({ frame, onDraw }: FromThePriorProps) {
  const isStill = useStillness();
  const pictures = frame.values["x_hat@prior"];
  return (
    <div className="latent-prior">
      <p className="lab-buttons">
        <button type="button" disabled={isStill} onClick={onDraw}>
          Draw {drawn} others
        </button>
        <span className="figure-note">z drawn from N(0, 1), and decoded. No picture went in.</span>
      </p>
      {pictures?.shape[0] === drawn && (
        <PictureGrid
          values={{ shape: [drawn, side, side], data: pictures.data }}
          label="Pictures drawn from the prior"
          columns={12}
        />
      )}
    </div>
  );
}
