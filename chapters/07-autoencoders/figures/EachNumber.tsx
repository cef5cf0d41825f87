import type { Frame } from "../../../src/training/lab.ts";
import { niceReach } from "../../../src/viz/Bars.tsx";
import { numberText } from "../../../src/viz/numberText.ts";
import { PictureGrid } from "../../../src/viz/Picture.tsx";
import { side } from "../digits.ts";
import { divergences, silent, traversalEnd, traversalOf, traversalSteps } from "../planeLab.ts";
import { below } from "./CodePlane.tsx";

const steps = traversalSteps;

/** Every number in turn, the others as under the hand. */
export function traversalProbes(code: readonly number[], digit: number) {
  return { watches: ["x_hat@traversal"], probes: { traversal: traversalOf(code, digit) } };
}

/** For each number of the code: what it tells in nats, and what it does to the picture. */
export function EachNumber({ frame }: { readonly frame: Frame }) {
  const each = divergences(frame);
  const { freeBits } = frame.config;
  const top = niceReach(Math.max(0.5, Number(freeBits), ...each));
  const pictures = frame.values["x_hat@traversal"];
  const fits = pictures?.shape[0] === steps * each.length;
  return (
    <div className="latent-numbers">
      <p className="figure-note">
        Left: what each number tells, in nats a picture (its KL, over the pictures held out). Right:
        what it does, from −{traversalEnd} to {traversalEnd}, the other numbers as under your hand.
        {Number(freeBits) > 0 && " The line marks the free bits."}
      </p>
      {each.map((nats, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a number of the code is its place
        <div key={k} className="latent-number" data-silent={nats < silent || undefined}>
          <span data-sym="z">z{below(k + 1)}</span>
          <span className="latent-bar">
            <i style={{ inlineSize: `${(100 * Math.min(nats, top)) / top}%` }} />
            {Number(freeBits) > 0 && (
              <b style={{ insetInlineStart: `${(100 * Number(freeBits)) / top}%` }} />
            )}
          </span>
          <span className="latent-nats">{numberText(nats, 2)}</span>
          {fits && (
            <PictureGrid
              values={{
                shape: [steps, side, side],
                data: pictures.data.subarray(k * steps * side ** 2, (k + 1) * steps * side ** 2),
              }}
              label={`Number ${k + 1} from −${traversalEnd} to ${traversalEnd}`}
              columns={steps}
            />
          )}
        </div>
      ))}
    </div>
  );
}
