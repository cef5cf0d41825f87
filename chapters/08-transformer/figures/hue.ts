/** The hue of the symbol that a part of a picture shows, by its `data-sym`. */
export const hue = "var(--sym, var(--ink))";
