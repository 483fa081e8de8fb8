import type { Check } from "#checks/harness/check.ts";
import type { Lab2UnderCheck } from "./pool-workload.ts";
import { expectAnswer } from "./tell-call.ts";

/** Half of the 131 070 hosts are lent, half are free: a list of either is long. */
const cidr = "10.8.0.0/15";
const held = 65_535;
const rounds = 25_000;

/** To open a session costs more than to lend an address. Going through so many of them, so often, takes seconds all the same. */
const open = 40_000;
const visits = 6_000;

export const checks: readonly Check<Lab2UnderCheck>[] = [
  {
    id: "lab-2.pool-constant-time",
    title: "Lending and returning take no longer when sixty thousand addresses are lent and as many free",
    rule: "docs/lab-2-user-pool.md#the-address-pool",
    hints: [
      "Look for loops, and for indexOf, includes, find, filter, shift and splice on an array.",
      "Each of these looks at every element, or moves it: with 65 535 users that is 65 535 steps a call.",
      "A Set for what is lent, push() and pop() (or an index that goes round) for what came back, a number for what was never lent.",
    ],
    // The time that every check has is the judge: it is many times what this needs, and a small part of what searching needs.
    run: async ({ subject, story }) => {
      story.tell("pool", `of ${cidr}`);
      const pool = await subject.createAddressPool({ cidr, reserved: [] });
      story.tell("call", `allocate() ${held} times; then ${rounds} times release(), three times more in vain, and allocate()`);
      expectAnswer(await subject.lendAndReturn(pool, { held, rounds }), rounds, "so many rounds of release() and allocate()");
    },
  },
  {
    id: "lab-2.table-constant-time",
    title: "Sessions come, are looked up and go as quickly when forty thousand are open",
    rule: "docs/lab-2-user-pool.md#the-session-table",
    hints: [
      "Look for loops over all sessions: for … of, [...map], find, filter, some.",
      "ownerOf() is asked for every packet from the internet: who is looked for among forty thousand users?",
      "A second Map, from the address to the session, which assign() and close() keep in step with the first.",
    ],
    // As above: the time that every check has is the judge.
    run: async ({ subject, story }) => {
      story.tell("pool", `of ${cidr}`);
      const pool = await subject.createAddressPool({ cidr, reserved: [] });
      story.tell("table", "of sessions");
      const table = await subject.createSessionTable(pool);
      const round = "addressOf(), ownerOf() and close() of one of the newest sessions, and open() and assign() of another";
      story.tell("call", `open() and assign() of ${open} sessions; then ${visits} times ${round}`);
      expectAnswer(await subject.comeAndGo(table, { held: open, rounds: visits }), visits, "so many rounds of close() and open()");
    },
  },
];
