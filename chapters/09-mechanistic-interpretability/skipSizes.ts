/** The two models of one layer, by what the names of their parameters and taps begin with: with one head, and with two. */
export const twins = ["one", "two"] as const;
export type Twin = (typeof twins)[number];
export const headsOf: Readonly<Record<Twin, number>> = { one: 1, two: 2 };
export const skipSizes = { d_model: 32, d_head: 16 } as const;
