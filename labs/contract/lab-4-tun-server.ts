import type { AddressGrant } from "./lab-1-codec.ts";
import type { SessionTable } from "./lab-2-user-pool.ts";
import type { Ipv4Address, Millis, SessionId } from "./vocabulary.ts";

/** What the core asks the shell to do. The shell does it before it returns, in the order in which it stands. */
export type ServerAction =
  /** One whole message for the client of that session. */
  | { readonly kind: "send"; readonly to: SessionId; readonly bytes: Uint8Array }
  /** One IPv4 packet for the device. It may be a view into the chunk that was received. */
  | { readonly kind: "write-tun"; readonly packet: Uint8Array }
  /** The core has forgotten the session, and lends its address again: its connection is to be closed. docs/protocol.md#closing */
  | {
      readonly kind: "close";
      readonly session: SessionId;
      readonly reason: "peer-dead" | "bad-message" | "pool-exhausted" | "no-request";
    }
  /** Something was thrown away; the shell counts it. What each reason means: docs/protocol.md#the-server */
  | {
      readonly kind: "drop";
      /** Whose message it was. Not there for a packet from the device. */
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
  /** A connection was made. No other has had this number. */
  readonly connect: (id: SessionId) => readonly ServerAction[];
  /** Bytes from that client, cut wherever TCP has cut them. Never throws, whatever they are. docs/protocol.md#client-to-tun */
  readonly receive: (id: SessionId, chunk: Uint8Array) => readonly ServerAction[];
  /** The connection has ended, whoever ended it: its address goes back to the pool. */
  readonly disconnect: (id: SessionId) => readonly ServerAction[];
  /** A packet from the device, for whoever holds its destination address. Never throws, whatever it is. docs/protocol.md#tun-to-client */
  readonly receiveFromTun: (packet: Uint8Array) => readonly ServerAction[];
  /**
   * `elapsed` milliseconds have passed, for all sessions: heartbeats become due, silent clients are given up, and so are
   * connections that have asked for no address. Throws a `RangeError` unless `elapsed` is a whole number of at least 0. docs/protocol.md#heartbeat
   */
  readonly tick: (elapsed: Millis) => readonly ServerAction[];
};

/**
 * Where IP packets enter and leave: a Linux TUN, an in-memory link, a pcap replay, or lab 5's interface on a TAP. The server cannot tell
 * them apart. Packets arrive in batches; each is a view that is valid only during the call.
 */
export type PacketDevice = {
  /** The largest packet, in bytes. */
  readonly mtu: number;
  /** Packets that have arrived. */
  readonly onPackets: (listener: (batch: readonly Uint8Array[]) => void) => void;
  /** The device is closed. Also when it is deleted under us; then with an error. */
  readonly onClose: (listener: (error?: Error) => void) => void;
  /** Sends a packet. Never waits: `false` when it was dropped. */
  readonly write: (packet: Uint8Array) => boolean;
  /** From now on nothing arrives, and nothing is sent. Closing it again does nothing. */
  readonly close: () => Promise<void>;
};

/** One TCP connection. */
export type Connection = {
  readonly id: SessionId;
  /** The peer's address and port: `[::1]:40100`. */
  readonly remoteAddress: string;
  /** Bytes have come. A chunk is a view that is valid only during the call. */
  readonly onData: (listener: (chunk: Uint8Array) => void) => void;
  /** It has ended: closed from here, reset, or by the peer's FIN, which is a close. */
  readonly onClose: (listener: () => void) => void;
  /**
   * Never blocks and takes whole messages or nothing: what is written during one batch leaves together. Beyond the connection's bound
   * it returns `false` and the message is dropped.
   */
  readonly write: (bytes: Uint8Array) => boolean;
  /** Ends it at once, without waiting for a peer that reads slowly. Closing it again does nothing. */
  readonly close: () => void;
};

/** A TCP server socket. */
export type Listener = {
  /** Where it listens: `[::1]:5678`. */
  readonly address: string;
  /** A connection could not be accepted. The listener goes on. */
  readonly onError: (listener: (error: Error) => void) => void;
  readonly onConnection: (listener: (connection: Connection) => void) => void;
  /** Accepts no more. Fulfilled when its last connection is closed, too. */
  readonly close: () => Promise<void>;
};

/**
 * Reports measured time, in whole milliseconds, after pending reads: a stalled process must not evict clients whose heartbeats wait in the
 * socket.
 */
export type Ticker = {
  /** So many milliseconds have passed since the tick before. */
  readonly onTick: (listener: (elapsed: Millis) => void) => void;
  /** No tick comes after it. */
  readonly stop: () => void;
};

/** Lab 4: a pure core, then the shell that feeds it. */
export type Lab4 = {
  /** A server that nobody has connected to yet. */
  readonly createServerCore: (config: {
    /** Lends the addresses, and knows who holds which. */
    readonly sessions: SessionTable;
    /** The heartbeat of each session. A connection that has no address yet is given up after `deadAfter`, too. */
    readonly timing: { readonly sendEvery: Millis; readonly deadAfter: Millis };
    /** Where clients route through the tunnel; told to each with its address. */
    readonly route: Ipv4Address;
    /** Their DNS servers, told with it. */
    readonly dns: AddressGrant["dns"];
    /** The longest whole message, in bytes, both ways. */
    readonly maxLength: number;
  }) => ServerCore;
  /**
   * Puts the core to work, until `stop` is called or the device is closed. `stop` closes the ticker, the connections, the listener and the
   * device, in this order, and is fulfilled when that is done; it may be called again.
   */
  readonly runServer: (io: {
    readonly listener: Listener;
    readonly tun: PacketDevice;
    readonly ticker: Ticker;
    readonly core: ServerCore;
  }) => { readonly stop: () => Promise<void> };
};
