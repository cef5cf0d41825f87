/** What the benchmark uses of ConvNetJS 0.3.0, which comes without types. */
declare module "convnetjs" {
  class Vol {
    constructor(values: number[]);
    readonly w: ArrayLike<number>;
  }
  class Net {
    makeLayers(layers: readonly Readonly<Record<string, unknown>>[]): void;
    forward(volume: Vol): Vol;
  }
  class Trainer {
    constructor(net: Net, settings: Readonly<Record<string, unknown>>);
    train(volume: Vol | undefined, label: number | undefined): void;
  }
  const convnetjs: { Vol: typeof Vol; Net: typeof Net; Trainer: typeof Trainer };
  export default convnetjs;
}
