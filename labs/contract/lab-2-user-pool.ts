import type { Ipv4Address, SessionId } from "./vocabulary.ts";

/** The addresses of a network that can be lent, each to one borrower at a time. */
export type AddressPool = {
  /** An address that nobody holds, or `undefined` when all are lent. A fresh pool lends in ascending order. */
  readonly allocate: () => Ipv4Address | undefined;
  /**
   * Gives an address back: `true` when it was lent, `false` (and nothing changes) when it is the pool's but was free.
   * Throws a `RangeError` for an address that is not the pool's to lend.
   */
  readonly release: (address: Ipv4Address) => boolean;
  /** How many addresses can be lent now. */
  readonly free: () => number;
};

/** Who holds which address, looked up from both sides. At most one address a session. */
export type SessionTable = {
  /** A connection was made. Throws a `RangeError` when the session is open already. */
  readonly open: (id: SessionId) => void;
  /**
   * The session's address: lent at the first call, the same one at each later call, `undefined` when the pool is empty.
   * Throws a `RangeError` for a session that is not open.
   */
  readonly assign: (id: SessionId) => Ipv4Address | undefined;
  /** The connection is gone: its address, if it has one, goes back to the pool. Closing a session that is not open does nothing. */
  readonly close: (id: SessionId) => void;
  /** The address that the session holds, or `undefined`. */
  readonly addressOf: (id: SessionId) => Ipv4Address | undefined;
  /** The session that holds the address, or `undefined`. */
  readonly ownerOf: (address: Ipv4Address) => SessionId | undefined;
};

/** Lab 2: who holds which address. */
export type Lab2 = {
  /**
   * `cidr` is the network with its prefix length, `"13.8.0.0/24"`; `reserved` are addresses that are never lent (the server's own).
   * The network's first and last address are never lent either. Throws a `RangeError` for a network that is not one (bad text, host bits
   * set, a prefix other than 8 to 30) or a reserved address outside it.
   */
  readonly createAddressPool: (network: { readonly cidr: string; readonly reserved: readonly Ipv4Address[] }) => AddressPool;
  /** A table in which nobody is yet. The addresses that it assigns are the pool's. */
  readonly createSessionTable: (pool: AddressPool) => SessionTable;
};
