import type { Millis } from "./vocabulary.ts";

/** What a tick can bring about. */
export type HeartbeatAction =
  /** `sendEvery` has passed since the last heartbeat was sent: send one now. */
  | { readonly kind: "send-heartbeat" }
  /** More than `deadAfter` has passed since the peer was last heard. Told once; after it every tick gives `[]`. */
  | { readonly kind: "peer-dead" };

/** Watches one peer. Both its clocks start at zero when it is created, which is when the address is granted. */
export type Heartbeat = {
  /** The peer's heartbeat has arrived. Does nothing once the peer is dead. */
  readonly heard: () => void;
  /**
   * `elapsed` milliseconds have passed. Due when the time since the last heartbeat sent is >= `sendEvery`; dead when the time since the
   * peer was heard is > `deadAfter`. At most one action a tick; dead wins over due. Sending restarts the sending clock at zero: no
   * remainder is kept. Throws a `RangeError` unless `elapsed` is a whole number of at least 0.
   */
  readonly tick: (elapsed: Millis) => readonly HeartbeatAction[];
};

/** Lab 3: silence becomes an event. */
export type Lab3 = {
  /** Begins to watch a peer, now. Throws a `RangeError` unless both durations are whole numbers of at least 1. */
  readonly createHeartbeat: (timing: { readonly sendEvery: Millis; readonly deadAfter: Millis }) => Heartbeat;
};
