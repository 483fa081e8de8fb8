/** What a server holds when nobody is connected. */
export type Figures = {
  /** JavaScript objects and buffers after a garbage collection, in bytes. */
  readonly memory: number;
  /** What the system has given to the process, in bytes. */
  readonly resident: number;
  /** Open files and sockets; `undefined` where the system does not tell. */
  readonly descriptors: number | undefined;
  /** What keeps Node's event loop busy: sockets, timers and the like. */
  readonly handles: number;
  /** Who is connected. */
  readonly users: number;
  /** How many addresses can be lent. */
  readonly addresses: number;
};

/** What the server's process tells of itself. */
export type ServerFigures = Omit<Figures, "addresses"> & { readonly connections: number; readonly packets: number };

export type SoakNews =
  | { readonly kind: "listening"; readonly address: string }
  | { readonly kind: "figures"; readonly figures: ServerFigures };
