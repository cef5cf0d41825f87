import "./share.css";
import { percentText } from "./percentText.ts";

/** A share of one as a bar with its percentage. */
export function Share({ of }: { readonly of: number | undefined }) {
  const share = Number.isFinite(of) ? Math.min(1, Math.max(0, of ?? 0)) : 0;
  return (
    <span className="share">
      <span className="share-track" aria-hidden="true">
        <span style={{ inlineSize: `${(100 * share).toFixed(1)}%` }} />
      </span>
      <span className="share-text">{percentText(of)}</span>
    </span>
  );
}
