import type { Lab4 } from "#contract/lab-4-tun-server.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/**
 * The server's decisions, all of them, and nothing else: no socket, no device, no clock. Each method is told what happened and returns what
 * is to be done, in order. `[]` means nothing.
 *
 * | told                | by                    | the decision                                                              |
 * |---------------------|-----------------------|---------------------------------------------------------------------------|
 * | `connect(id)`       | a TCP connection      | a decoder and a place in the session table                                |
 * | `receive(id, …)`    | bytes of that client  | decode; 100: lend an address, 102: check and write to the TUN, 104: heard |
 * | `disconnect(id)`    | its FIN or reset      | the address goes back, the session is forgotten                           |
 * | `receiveFromTun(…)` | a packet from the TUN | find the owner of the destination address, send it a 103                  |
 * | `tick(elapsed)`     | the clock             | heartbeats due, clients dead, connections that never asked                |
 *
 * The pieces are there already: decoder and messages (lab 1), session table (lab 2, given as `sessions`), heartbeat (lab 3, one for each
 * session that has an address, made with `timing`). What is new is who may do what, and when.
 *
 * Three things to keep in mind:
 *
 * - One message may close the session (an empty pool, a framing error). What stands behind it in the same chunk is not acted on, and
 *   later calls for that session return `[]`.
 * - The packet of a `write-tun` may be a view into the chunk: the shell writes it before it returns. A `send` is always a new array.
 * - The decoder reports unknown types and lost framing as events, not as exceptions.
 *
 * Your task: the five methods. Handout: docs/lab-4-tun-server.md#order-of-work
 */
export const createServerCore: Lab4["createServerCore"] = ({ sessions, timing, route, dns, maxLength }) => {
  // Your code here.

  return {
    connect: (id) => {
      // Your code here.
      return notImplemented("lab-4 connect", "docs/lab-4-tun-server.md#connecting-and-the-grant");
    },

    receive: (id, chunk) => {
      // Your code here.
      return notImplemented("lab-4 receive", "docs/lab-4-tun-server.md#client-to-tun");
    },

    disconnect: (id) => {
      // Your code here.
      return notImplemented("lab-4 disconnect", "docs/lab-4-tun-server.md#closing");
    },

    receiveFromTun: (packet) => {
      // Your code here.
      return notImplemented("lab-4 receiveFromTun", "docs/lab-4-tun-server.md#tun-to-client");
    },

    tick: (elapsed) => {
      // Your code here.
      return notImplemented("lab-4 tick", "docs/lab-4-tun-server.md#time");
    },
  };
};
