/**
 * A symbol of a chapter. Its key is the name that stands in the equation (`\sym{key}{TeX}`), in the
 * displayed code, and on the tap, parameter or setting of the model.
 */
export interface BookSymbol {
  readonly tex: string;
  /** A short name: "weights". */
  readonly name: string;
  /** One sentence for a newcomer. */
  readonly meaning: string;
  /**
   * `tensor`: a tap or parameter of the chapter's labs. `setting`: a field of a lab's configuration.
   * `function`: an operation; it has no value. `constant`: a number that is always the same.
   */
  readonly kind: "tensor" | "setting" | "function" | "constant";
  /** For tensors: named dimensions; alternatives where one example and a batch both occur. `[]` is a single number. */
  readonly shape?: readonly (readonly string[])[];
  /** Unit or range, in words: "between 0 and 1". */
  readonly range?: string;
  /** For a tensor that a lab has under another name, or under some settings only: which. */
  readonly at?: {
    readonly name: string;
    readonly config: Readonly<Record<string, string | number | boolean>>;
  };
  /** The identifier in the code, where it differs from the key. */
  readonly code?: string;
}

export type Symbols = Readonly<Record<string, BookSymbol>>;
