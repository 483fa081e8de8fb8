import type { Lab2 } from "#contract/lab-2-user-pool.ts";
// BEGIN SOLUTION silent
import type { Ipv4Address, SessionId } from "#contract/vocabulary.ts";
// END SOLUTION
// STUB: import { notImplemented } from "#kit/not-implemented.ts";

/**
 * Who holds which address. The server asks from both sides: a message of a session needs its address, a packet for an address its session.
 *
 *     const table = createSessionTable(pool);
 *     table.open(id);            // a connection was made; it holds nothing yet
 *     table.assign(id);          // "13.8.0.2", at the first call as at every later one
 *     table.ownerOf(address);    // id
 *     table.close(id);           // the address is the pool's again, and the table has forgotten the session
 *
 * Your task: return an object with the five functions of `SessionTable`. Each takes the same time with one session and with a million.
 * Use nothing of the pool but `allocate` and `release`: any pool that keeps the contract will do, in whatever order it lends.
 *
 * Traps: the client that asks twice, the pool that was empty at the first try, the connection whose end is reported twice,
 * and the session whose number is 0.
 *
 * Handout: docs/lab-2-user-pool.md#the-session-table
 */
export const createSessionTable: Lab2["createSessionTable"] = (pool) => {
  // BEGIN SOLUTION
  // Every open session is a key here. `undefined` means open without an address: has() and get() answer different questions.
  const addresses = new Map<SessionId, Ipv4Address | undefined>();
  const owners = new Map<Ipv4Address, SessionId>();

  return {
    open(id) {
      if (addresses.has(id)) throw new RangeError(`Session ${id} is open already.`);
      addresses.set(id, undefined);
    },
    assign(id) {
      if (!addresses.has(id)) throw new RangeError(`Session ${id} is not open, so it cannot be assigned an address.`);
      const held = addresses.get(id);
      if (held !== undefined) return held;
      const address = pool.allocate();
      // The session stays open without one: it may ask again when another has closed.
      if (address === undefined) return undefined;
      addresses.set(id, address);
      owners.set(address, id);
      return address;
    },
    close(id) {
      const address = addresses.get(id);
      addresses.delete(id);
      if (address === undefined) return;
      owners.delete(address);
      pool.release(address);
    },
    addressOf: (id) => addresses.get(id),
    ownerOf: (address) => owners.get(address),
  };
  // END SOLUTION
  // STUB: return notImplemented("lab-2 session table", "docs/lab-2-user-pool.md#the-session-table");
};
