import { Tex } from "./prose.tsx";
import type { BookSymbol, Symbols } from "./symbols.ts";

/** The number of hues that symbols share (`--sym-0` …). */
const hueCount = 8;

/** The declared shapes in words: `[B, n] or [n]`, `a single number`. */
export function declaredShape(symbol: BookSymbol): string {
  return (symbol.shape ?? [])
    .map((shape) => (shape.length === 0 ? "a single number" : `[${shape.join(", ")}]`))
    .join(" or ");
}

const kinds = {
  tensor: "Tensor",
  setting: "Setting",
  function: "Function",
  constant: "Constant",
} as const satisfies Record<BookSymbol["kind"], string>;

/** The tap, parameter or setting that holds the value of a symbol. */
export function valueName(key: string, symbol: BookSymbol): string {
  return symbol.kind === "setting" ? (symbol.code ?? key) : (symbol.at?.name ?? key);
}

/** One hue a symbol, wherever it stands on the page; a setting's field in a lab wears it, too. */
export function symbolHues(symbols: Symbols): string {
  return Object.entries(symbols)
    .map(([key, symbol], index) => {
      const names = [...new Set([key, valueName(key, symbol)])];
      const selector = names.map((name) => `[data-sym=${JSON.stringify(name)}]`).join(",");
      return `${selector}{--sym:var(--sym-${index % hueCount})}`;
    })
    .join("");
}

/** The symbols of a page: a section to look them up in, and the source of the cards. */
export function SymbolTable({ symbols }: { readonly symbols: Symbols }) {
  const entries = Object.entries(symbols);
  if (entries.length === 0) return null;
  return (
    <section className="symbols" aria-labelledby="symbols">
      <h2 id="symbols">Symbols</h2>
      <dl>
        {entries.map(([key, symbol]) => (
          <div
            key={key}
            id={`symbol-${key}`}
            className="symbol-entry"
            data-kind={symbol.kind}
            data-name={valueName(key, symbol)}
          >
            <dt>
              <span data-sym={key} className="symbol-sign">
                <Tex tex={symbol.tex} />
              </span>{" "}
              <span className="symbol-name">{symbol.name}</span>
            </dt>
            <dd>
              <p>{symbol.meaning}</p>
              <p className="symbol-facts">
                {[
                  kinds[symbol.kind],
                  symbol.kind === "tensor" ? declaredShape(symbol) : "",
                  symbol.range ?? "",
                  `in code: ${symbol.code ?? key}`,
                ]
                  .filter((fact) => fact)
                  .join(" · ")}
              </p>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
