import { classCss } from "../../../src/viz/colour.ts";
import { type NetName, nets } from "../shiftNets.ts";

/** Each net's mark about the origin: it has a shape as well as a colour. */
export const netShape: Readonly<Record<NetName, string>> = {
  mlp: "M0 -6L6 5H-6Z",
  plain: "M-5 -5H5V5H-5Z",
  pooled: "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
  global: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z",
};

export function netColour(net: NetName): string {
  return classCss(nets.findIndex(({ name }) => name === net));
}

/** A net's mark beside its name. */
export function NetMark({ net }: { readonly net: NetName }) {
  return (
    <svg className="net-mark" viewBox="-8 -8 16 16" aria-hidden="true">
      <path d={netShape[net]} style={{ fill: netColour(net) }} />
    </svg>
  );
}
