import type { Check } from "#checks/harness/check.ts";
import { expectThat } from "#checks/harness/expect.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { beginTable, beginWithOneLeft } from "./table-under-check.ts";

const sessionTable = "docs/lab-2-user-pool.md#the-session-table";
const misuse = "docs/lab-2-user-pool.md#misuse";

export const checks: readonly Check<Lab2>[] = [
  {
    id: "lab-2.assign-both-sides",
    title: "An assigned address is known from both sides",
    rule: sessionTable,
    hints: [
      "Look at what assign() writes down.",
      "Two questions will come: which address has this session, and which session has this address?",
      "Keep two maps, session to address and address to session, and write both in assign().",
    ],
    run: async (exam) => {
      const { pool, free, table } = await beginTable(exam);
      await table.open(5, 9);
      const nine = await table.assignsSome(9);
      const five = await table.assignsSome(5);
      expectThat(five !== nine, `sessions 5 and 9 both hold ${five}`);
      await table.holds(5, five);
      await table.holds(9, nine);
      await table.owner(five, 5);
      await table.owner(nine, 9);
      await pool.hasFree(free - 2);
    },
  },
  {
    id: "lab-2.open-takes-nothing",
    title: "Opening a session takes no address",
    rule: sessionTable,
    hints: [
      "Look at what open() does.",
      "Anybody can connect and never ask. Should that cost an address?",
      "open() only remembers that the session is there; assign() takes the address.",
    ],
    run: async (exam) => {
      const { pool, left, table } = await beginWithOneLeft(exam);
      await table.open(1, 2);
      await pool.hasFree(1);
      await table.holds(1, undefined);
      await table.assigns(2, left);
      await table.holds(1, undefined);
    },
  },
  {
    id: "lab-2.second-request",
    title: "A session that asks twice gets the same address, and the pool loses one only",
    rule: sessionTable,
    hints: [
      "Look at the first line of assign().",
      "Three published servers take a second address here, and forget the first while it is lent.",
      "When the session holds an address, return that one and do not ask the pool.",
    ],
    run: async (exam) => {
      const { pool, free, table } = await beginTable(exam);
      await table.open(1);
      const address = await table.assignsSome(1);
      await table.assigns(1, address);
      await table.assigns(1, address);
      await table.holds(1, address);
      await pool.hasFree(free - 1);
    },
  },
  {
    id: "lab-2.session-zero",
    title: "Session 0 is a session like any other, and so is the largest",
    rule: sessionTable,
    hints: [
      "Look for if (id), if (owner), || and ?: in your table.",
      "0 counts as false in JavaScript.",
      "Compare with undefined, or ask map.has(id).",
    ],
    run: async (exam) => {
      const { pool, free, table } = await beginTable(exam);
      await table.open(0);
      const zero = await table.assignsSome(0);
      await table.owner(zero, 0);
      await table.holds(0, zero);
      await table.assigns(0, zero);
      await table.open(Number.MAX_SAFE_INTEGER);
      const largest = await table.assignsSome(Number.MAX_SAFE_INTEGER);
      await table.owner(largest, Number.MAX_SAFE_INTEGER);
      await table.close(0);
      await pool.hasFree(free - 1);
    },
  },
  {
    id: "lab-2.strangers",
    title: "Unknown sessions and addresses are looked up without a throw",
    rule: sessionTable,
    hints: [
      "Look at addressOf() and ownerOf() for what the table has never seen.",
      "A packet may come for any address in the world.",
      "Return what the map answers: undefined when there is nothing.",
    ],
    run: async (exam) => {
      const { table } = await beginTable(exam);
      await table.open(1);
      const address = await table.assignsSome(1);
      await table.holds(2, undefined);
      for (const stranger of ["13.8.0.200", "13.8.0.255", "198.51.100.2", "0.0.0.0"]) await table.owner(stranger, undefined);
      await table.holds(1, address);
    },
  },
  {
    id: "lab-2.assign-not-open",
    title: "Assigning to a session that is not open throws a RangeError and takes no address",
    rule: misuse,
    hints: [
      "Look at assign() before it asks the pool.",
      "Who would give that address back? close() comes once, and it has been.",
      "Throw a RangeError when the session is not in the table, before you call pool.allocate().",
    ],
    run: async (exam) => {
      const { pool, free, table } = await beginTable(exam);
      await table.refusesToAssign(1);
      await pool.hasFree(free);
      await table.open(1);
      await table.assignsSome(1);
      await table.close(1);
      const after = await pool.free();
      await table.refusesToAssign(1);
      await pool.hasFree(after);
      await table.holds(1, undefined);
    },
  },
  {
    id: "lab-2.open-twice",
    title: "Opening a session that is open throws a RangeError and keeps its address",
    rule: misuse,
    hints: [
      "Look at open() for a session that is there already.",
      "If it began anew, what would become of the address that it holds?",
      "Throw a RangeError when the session is in the table; write nothing.",
    ],
    run: async (exam) => {
      const { pool, free, table } = await beginTable(exam);
      await table.open(1);
      await table.refusesToOpen(1);
      const address = await table.assignsSome(1);
      await table.refusesToOpen(1);
      await table.holds(1, address);
      await pool.hasFree(free - 1);
    },
  },
];
