import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { notImplemented } from "#kit/not-implemented.ts";

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
  // Your code here.
  return notImplemented("lab-2 session table", "docs/lab-2-user-pool.md#the-session-table");
};
