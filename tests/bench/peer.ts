/** Something to compare the book with, training in a worker as the book's own labs do. */
export interface Peer {
  /** Takes so many training steps and waits until they are really done. */
  train(steps: number): Promise<void>;
  /** The mean loss over all of the data. */
  loss?(): Promise<number>;
  /** Begins again from fresh parameters. */
  reset?(seed: number): Promise<void>;
}

/** The module peers/NAME.ts. */
export interface PeerModule {
  /** Starts a peer. @throws Error saying why, where this browser cannot run it */
  // biome-ignore lint/suspicious/noExplicitAny: each module has settings of its own, and says which
  peer(settings: any): Promise<Peer>;
}
