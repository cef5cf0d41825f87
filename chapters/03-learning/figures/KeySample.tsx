import type { ReactNode } from "react";

/** A line or mark beside its name, in the key under a picture: 28 × 12 units about the origin. */
export function KeySample({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="key-sample" viewBox="-14 -6 28 12" aria-hidden="true">
      {children}
    </svg>
  );
}
