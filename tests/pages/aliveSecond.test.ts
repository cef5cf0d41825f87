import { aliveLaws } from "./aliveLaws.ts";
import { builtPages } from "./book.ts";

aliveLaws(builtPages().filter((_, i) => i % 3 === 1));
