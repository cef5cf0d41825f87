/** The longest text that the book's own GPT reads, in tokens. In a file of its own, for the page to know it without a tensor. */
export const bookGptLength = 64;

/** The sizes of the book's own GPT, as a figure needs them. */
export const bookGptSizes = { layers: 3, heads: 4, d_model: 48, d_head: 12, d_ff: 192 } as const;
