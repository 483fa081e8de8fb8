import type { AddressGrant } from "./lab-1-codec.ts";
import type { SessionTable } from "./lab-2-user-pool.ts";
import type { Ipv4Address, Millis, SessionId } from "./vocabulary.ts";

/** What the core asks the shell to do, in this order. */
export type ServerAction =
  | { readonly kind: "send"; readonly to: SessionId; readonly bytes: Uint8Array }
  | { readonly kind: "write-tun"; readonly packet: Uint8Array }
  | {
      readonly kind: "close";
      readonly session: SessionId;
      readonly reason: "peer-dead" | "bad-message" | "pool-exhausted" | "no-request";
    }
  /** Something was thrown away; the shell counts it. */
  | {
      readonly kind: "drop";
      readonly session?: SessionId;
      readonly reason:
        | "no-session"
        | "no-address"
        | "spoofed-source"
        | "not-ipv4"
        | "malformed-packet"
        | "wrong-direction"
        | "unknown-type";
    };

/**
 * The server without its sockets, its device and its clock: calls go in, actions come out. docs/protocol.md#the-server
 *
 * After a session's `close` action or `disconnect()`, `receive()` and `disconnect()` for it return `[]`. Messages that came before a framing
 * error still act.
 */
export type ServerCore = {
  readonly connect: (id: SessionId) => readonly ServerAction[];
  readonly receive: (id: SessionId, chunk: Uint8Array) => readonly ServerAction[];
  readonly disconnect: (id: SessionId) => readonly ServerAction[];
  readonly receiveFromTun: (packet: Uint8Array) => readonly ServerAction[];
  readonly tick: (elapsed: Millis) => readonly ServerAction[];
};

/**
 * Where IP packets enter and leave: a Linux TUN, an in-memory link, a pcap replay, or lab 5's interface on a TAP. The server cannot tell them apart.
 * Packets arrive in batches; each is a view that is valid only during the call.
 */
export type PacketDevice = {
  /** The largest packet, in bytes. */
  readonly mtu: number;
  readonly onPackets: (listener: (batch: readonly Uint8Array[]) => void) => void;
  /** Also when the device is deleted under us; then with an error. */
  readonly onClose: (listener: (error?: Error) => void) => void;
  /** `false`: the packet was dropped. */
  readonly write: (packet: Uint8Array) => boolean;
  readonly close: () => Promise<void>;
};

/** One TCP connection. */
export type Connection = {
  readonly id: SessionId;
  readonly remoteAddress: string;
  readonly onData: (listener: (chunk: Uint8Array) => void) => void;
  /** The peer's FIN is a close. */
  readonly onClose: (listener: () => void) => void;
  /**
   * Never blocks and takes whole messages or nothing: what is written during one batch leaves together. Beyond the connection's bound
   * it returns `false` and the message is dropped.
   */
  readonly write: (bytes: Uint8Array) => boolean;
  readonly close: () => void;
};

/** A TCP server socket. */
export type Listener = {
  /** Where it listens: `[::1]:5678`. */
  readonly address: string;
  readonly onError: (listener: (error: Error) => void) => void;
  readonly onConnection: (listener: (connection: Connection) => void) => void;
  readonly close: () => Promise<void>;
};

/** Reports measured time, in whole milliseconds, after pending reads: a stalled process must not evict clients whose heartbeats wait in the socket. */
export type Ticker = {
  readonly onTick: (listener: (elapsed: Millis) => void) => void;
  readonly stop: () => void;
};

/** Lab 4: a pure core, then the shell that feeds it. */
export type Lab4 = {
  readonly createServerCore: (config: {
    readonly sessions: SessionTable;
    readonly timing: { readonly sendEvery: Millis; readonly deadAfter: Millis };
    readonly route: Ipv4Address;
    readonly dns: AddressGrant["dns"];
    /** The longest whole message accepted, in bytes. */
    readonly maxLength: number;
  }) => ServerCore;
  readonly runServer: (io: {
    readonly listener: Listener;
    readonly tun: PacketDevice;
    readonly ticker: Ticker;
    readonly core: ServerCore;
  }) => { readonly stop: () => Promise<void> };
};
