import type { Symbols } from "../../src/book/symbols.ts";
import { bigramsSymbols } from "./bigramsSymbols.ts";
import { inductionSymbols } from "./inductionSymbols.ts";
import { interventionsSymbols } from "./interventionsSymbols.ts";
import { lensSymbols } from "./lensSymbols.ts";
import { orthogonalSymbols } from "./orthogonalSymbols.ts";
import { pathsSymbols } from "./pathsSymbols.ts";
import { skipSymbols } from "./skipSymbols.ts";
import { streamSymbols } from "./streamSymbols.ts";
import { superpositionSymbols } from "./superpositionSymbols.ts";
import { transformerSymbols } from "./transformerSymbols.ts";
import { virtualSymbols } from "./virtualSymbols.ts";

/** The symbols of mechanistic interpretability: those that several labs share, then each lab's own. */
export const symbols = {
  ...transformerSymbols,
  ...streamSymbols,
  ...virtualSymbols,
  ...bigramsSymbols,
  ...skipSymbols,
  ...inductionSymbols,
  ...pathsSymbols,
  ...interventionsSymbols,
  ...lensSymbols,
  ...superpositionSymbols,
  ...orthogonalSymbols,
} satisfies Symbols;
