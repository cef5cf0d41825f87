/** The model of the heads: two layers of four heads, and nothing but attention. */
export const headSizes = { d_model: 32, layers: 2, heads: 4, d_head: 8 } as const;
