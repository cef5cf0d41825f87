/** The longest text that the book's own GPT reads, in tokens. In a file of its own, for the page to know it without a tensor. */
export const bookGptLength = 64;
