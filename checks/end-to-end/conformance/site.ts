/** Where the tests take place, besides the server and its clients. */
export type Site = {
  /** An address that answers pings through the tunnel, for a client that was lent this one. */
  readonly pingTarget: (lent: string) => string;
  /** The kernel on the other side of a real TUN device; `undefined` when the server brings an internet of its own, in memory. */
  readonly kernel: Kernel | undefined;
  /** Why there is no kernel. */
  readonly whyNoKernel: string;
  /** Why packets of one client for another get nowhere, if they do. */
  readonly whyNotRouted: string | undefined;
};

/** The server's device, as the kernel shows it. */
export type KernelDevice = { readonly name: string; readonly address: string; readonly mtu: number };

/** The kernel of the network in which the server runs. */
export type Kernel = {
  readonly sendUdp: (to: string, port: number, payloads: readonly Uint8Array[]) => Promise<void>;
  /** The device that carries the packets of a client with this address. */
  readonly deviceFor: (lent: string) => KernelDevice;
  /** Runs the program `ip` in that network. */
  readonly ip: (...words: readonly string[]) => void;
  /** A host behind that network, to which the kernel has to forward; else why there is none. */
  readonly internet: { readonly address: string } | { readonly missing: string };
};

/** The server answers by itself: any address will do. */
export const memorySite: Site = {
  pingTarget: () => "198.51.100.2",
  kernel: undefined,
  whyNoKernel: "over --link memory there is no kernel behind the server",
  whyNotRouted: undefined,
};
