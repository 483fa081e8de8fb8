import type { Check } from "#checks/harness/check.ts";
import { expectThat } from "#checks/harness/expect.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { createPool } from "./pool-under-check.ts";
import { beginTable, beginWithOneLeft, createTable } from "./table-under-check.ts";

const sessionTable = "docs/lab-2-user-pool.md#the-session-table";

export const checks: readonly Check<Lab2>[] = [
  {
    id: "lab-2.close-gives-back",
    title: "Closing a session gives its address back and forgets it on both sides",
    rule: sessionTable,
    hints: [
      "Look at close(): what was written down for this session, and where?",
      "An address that stays in the table is lost to everyone, and packets for it go to a connection that is gone.",
      "close() deletes the session from both maps and then calls pool.release() with the address.",
    ],
    run: async (exam) => {
      const { pool, left, table } = await beginWithOneLeft(exam);
      await table.open(1, 2);
      await table.assigns(1, left);
      await pool.hasFree(0);
      await table.close(1);
      await pool.hasFree(1);
      await table.holds(1, undefined);
      await table.owner(left, undefined);
      await table.assigns(2, left);
      await table.holds(1, undefined);
    },
  },
  {
    id: "lab-2.close-twice",
    title: "Closing a second time takes nothing from the next holder",
    rule: sessionTable,
    hints: [
      "Look at what close() finds when the session has been closed already.",
      "Between the two calls somebody else may have got the address.",
      "close() deletes the session first of all; a session that is not there has nothing to release.",
    ],
    run: async (exam) => {
      const { pool, left, table } = await beginWithOneLeft(exam);
      await table.open(1);
      await table.assigns(1, left);
      await table.close(1);
      await table.close(1);
      await pool.hasFree(1);
      await table.open(2);
      await table.assigns(2, left);
      await table.close(1);
      await pool.hasFree(0);
      await table.holds(2, left);
      await table.owner(left, 2);
    },
  },
  {
    id: "lab-2.close-without-address",
    title: "A session without an address, or one never opened, closes without a word",
    rule: sessionTable,
    hints: [
      "Look at close() for a session that has never asked.",
      "What do you hand to pool.release() then?",
      "Release only when there is an address, that is, when it is not undefined.",
    ],
    run: async (exam) => {
      const { pool, free, table } = await beginTable(exam);
      await table.open(1);
      await table.close(1);
      await table.close(77);
      await pool.hasFree(free);
      await table.open(2);
      const address = await table.assignsSome(2);
      await table.close(1);
      await table.holds(2, address);
      await pool.hasFree(free - 1);
    },
  },
  {
    id: "lab-2.three-hundred-resets",
    title: "Three hundred connections that come and go leave the pool as full as before",
    rule: sessionTable,
    hints: [
      "Look at what is left after one open, assign, close.",
      "Two published servers have no address left at the 101st connection.",
      "Whatever open() and assign() take must be given back by close(), each time.",
    ],
    run: async (exam) => {
      const { pool, free, table } = await beginTable(exam);
      await table.open(1000);
      const stays = await table.assignsSome(1000);
      for (let id = 0; id < 300; id++) await table.comesAndGoes(id);
      await pool.hasFree(free - 1);
      await table.holds(1000, stays);
      await table.holds(299, undefined);
    },
  },
  {
    id: "lab-2.empty-then-freed",
    title: "A session that found the pool empty stays open and may ask again",
    rule: sessionTable,
    hints: [
      "Look at what assign() does with an undefined from the pool.",
      "Open without an address, and not open, are two different things.",
      "Return undefined and write nothing down; the session stays open.",
    ],
    run: async (exam) => {
      const { left, table } = await beginWithOneLeft(exam);
      await table.open(1, 2);
      await table.assigns(1, left);
      await table.assigns(2, undefined);
      await table.assigns(2, undefined);
      await table.holds(2, undefined);
      await table.close(1);
      await table.assigns(2, left);
      await table.holds(2, left);
    },
  },
  {
    id: "lab-2.shared-pool",
    title: "Two tables that share a pool never hold the same address",
    rule: sessionTable,
    hints: [
      "Look at where the table takes addresses from.",
      "The pool may have been used before, and may be used by others: its order is none of the table's business.",
      "Take an address from pool.allocate() only, and give back with pool.release() what this table got from it.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.0/29", ["13.8.0.1"]);
      const own = await pool.lendsSome();
      const free = await pool.free();
      const [one, two] = [await createTable(exam, pool, "one:"), await createTable(exam, pool, "two:")];
      await one.open(1);
      await two.open(1);
      const [inOne, inTwo] = [await one.assignsSome(1), await two.assignsSome(1)];
      expectThat(new Set([own, inOne, inTwo]).size === 3, "three borrowers of one pool should hold three addresses");
      await pool.hasFree(free - 2);
      await one.owner(inTwo, undefined);
      await two.owner(inOne, undefined);
      await one.close(1);
      await pool.hasFree(free - 1);
      await two.holds(1, inTwo);
    },
  },
];
