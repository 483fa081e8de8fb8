import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/**
 * Watches one peer. Nobody tells a server that a client has lost its power: the server notices that nothing comes any more.
 *
 *     const heartbeat = createHeartbeat({ sendEvery: 20_000, deadAfter: 60_000 });
 *     heartbeat.tick(19_999);    // []
 *     heartbeat.tick(1);         // [{ kind: "send-heartbeat" }]: 20 000 ms, due
 *     heartbeat.heard();         // the peer is alive: its silence starts again at zero
 *     heartbeat.tick(60_000);    // [{ kind: "send-heartbeat" }]: one, however long the tick; not dead, 60 000 is not more than 60 000
 *     heartbeat.tick(1);         // [{ kind: "peer-dead" }]
 *     heartbeat.tick(1);         // [], for ever
 *
 * Your task: return an object with `heard` and `tick`. Time comes in as an argument; there is no clock and no timer here.
 * Sending and hearing are two clocks, and neither sets the other back.
 *
 * Traps: `>=` for due but `>` for dead; both at once in one long tick; what happens to the rest of a long tick; a heartbeat that
 * arrives after death.
 *
 * Handout: docs/lab-3-heartbeat.md#two-clocks
 */
export const createHeartbeat: Lab3["createHeartbeat"] = ({ sendEvery, deadAfter }) => {
  // Your code here.
  return notImplemented("lab-3 heartbeat", "docs/lab-3-heartbeat.md#two-clocks");
};
