import { numberText } from "../../../src/viz/numberText.ts";
import { localDerivative, type NodeName, nodes, type Stop } from "../graph.ts";

interface ChainRuleProps {
  readonly stop: Stop;
  readonly value: (name: string) => number;
}

/** What happens at this stop of the walk, with its numbers. */
export function ChainRule({ stop, value }: ChainRuleProps) {
  return (
    <div className="backprop-rule">
      {stop.kind === "start" && (
        <p>Inputs, weights and target are given. Press Next to compute the first number.</p>
      )}
      {stop.kind === "forward" && <Forward node={stop.node} value={value} />}
      {stop.kind === "seed" && (
        <p>
          The way back begins at the end. If L grows by a little, L grows by just that:{" "}
          <strong>∂L/∂L = 1</strong>.
        </p>
      )}
      {stop.kind === "backward" && <Backward {...stop} value={value} />}
    </div>
  );
}

interface ForwardProps {
  readonly node: NodeName;
  readonly value: (name: string) => number;
}

function Forward({ node, value }: ForwardProps) {
  const { label, operation, inputs = [] } = nodes[node];
  const text = (name: string) => numberText(value(name));
  const said = inputs.map((name) => nodes[name].label);
  const numbers = inputs.map((name) => parenthesised(text(name)));
  const [formula, sum] =
    operation === "product"
      ? [said.join(" "), numbers.join(" × ")]
      : operation === "sum"
        ? [said.join(" + "), numbers.join(" + ")]
        : operation === "loss"
          ? ["(ŷ − y)²", `(${text("y_hat")} − ${parenthesised(text("y"))})²`]
          : [`${operation}(${said[0]})`, `${operation}(${text(inputs[0] ?? "")})`];
  return (
    <p>
      {label} = {formula} = {sum} = <strong>{text(node)}</strong>
    </p>
  );
}

interface BackwardProps {
  readonly from: NodeName;
  readonly to: NodeName;
  readonly isPart: boolean;
  readonly value: (name: string) => number;
}

function Backward({ from, to, isPart, value }: BackwardProps) {
  const local = localDerivative(from, to, value);
  const incoming = value(`grad ${to}`);
  const [here, there] = [nodes[from].label, nodes[to].label];
  return (
    <>
      <p>
        The edge from {there} back to {here}. Since {local.why}, the local derivative is{" "}
        <span className="backprop-nowrap">
          ∂{there}/∂{here} = {local.formula}
          {local.formula !== "1" && ` = ${numberText(local.number)}`}
        </span>
        .
      </p>
      <p className="backprop-product">
        {isPart ? "its part of " : ""}∂L/∂{here} = ∂L/∂{there} × ∂{there}/∂{here} ={" "}
        {numberText(incoming)} × {parenthesised(numberText(local.number))} ={" "}
        <strong>{numberText(incoming * local.number)}</strong>
      </p>
      {isPart && (
        <p>
          {here} is used twice. What comes back along its two edges is added up:{" "}
          <strong>
            ∂L/∂{here} = {numberText(value(`grad ${from}`))}
          </strong>
          .
        </p>
      )}
    </>
  );
}

const parenthesised = (text: string): string => (text.startsWith("−") ? `(${text})` : text);
