import type { Check } from "#checks/harness/check.ts";
import { expectThat } from "#checks/harness/expect.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { createPool } from "./pool-under-check.ts";

const addressPool = "docs/lab-2-user-pool.md#the-address-pool";
const prefixes = "docs/lab-2-user-pool.md#networks-and-prefixes";

export const checks: readonly Check<Lab2>[] = [
  {
    id: "lab-2.fresh-pool-ascends",
    title: "A fresh pool lends its addresses in ascending order",
    rule: addressPool,
    hints: [
      "Look at where allocate() takes the next address from.",
      "A fresh pool needs to know one thing only: how far it has got.",
      "Keep the number of the next address that was never lent; allocate() answers it and adds one, past whatever is withheld.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.0/29", ["13.8.0.1"]);
      await pool.lends("13.8.0.2", "13.8.0.3", "13.8.0.4", "13.8.0.5", "13.8.0.6");
    },
  },
  {
    id: "lab-2.network-and-broadcast",
    title: "The network's first and last address are never lent",
    rule: prefixes,
    hints: [
      "Look at the first address that you lend, and at the last.",
      "How many addresses has a /30, and how many of them are hosts?",
      "The first host is the network address + 1, the last host is the broadcast address - 1.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.4/30");
      await pool.hasFree(2);
      await pool.lends("13.8.0.5", "13.8.0.6");
      await pool.lendsNothing();
    },
  },
  {
    id: "lab-2.reserved-withheld",
    title: "Reserved addresses are never lent, wherever they lie",
    rule: addressPool,
    hints: [
      "Look at what allocate() does when the next address is a reserved one.",
      "Several reserved addresses may stand side by side, and the last host may be one.",
      "Put the reserved addresses into a Set and go on in a loop, not once, while the next address is in it.",
    ],
    run: async (exam) => {
      const some = await createPool(exam, "13.8.0.0/28", ["13.8.0.14", "13.8.0.1", "13.8.0.6", "13.8.0.5"]);
      await some.lends("13.8.0.2", "13.8.0.3", "13.8.0.4", "13.8.0.7", "13.8.0.8", "13.8.0.9", "13.8.0.10", "13.8.0.11", "13.8.0.12");
      await some.lends("13.8.0.13");
      await some.lendsNothing();
      exam.story.restart();
      const all = await createPool(exam, "13.8.0.0/30", ["13.8.0.1", "13.8.0.2"]);
      await all.hasFree(0);
      await all.lendsNothing();
    },
  },
  {
    id: "lab-2.free-counts",
    title: "The number of free addresses is what can be lent now",
    rule: addressPool,
    hints: [
      "Look at free() before and after allocate() and release().",
      "A number that is kept beside the data can go wrong; one that is computed from it cannot.",
      "Answer the number of addresses that can be lent at all, minus the number that is lent.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.0/24", ["13.8.0.1"]);
      await pool.hasFree(253);
      const first = await pool.lendsSome();
      await pool.hasFree(252);
      const second = await pool.lendsSome();
      await pool.hasFree(251);
      await pool.releases(first, true);
      await pool.hasFree(252);
      await pool.lendsRest(252);
      await pool.hasFree(0);
      await pool.releases(second, true);
      await pool.hasFree(1);
      exam.story.restart();
      await (await createPool(exam, "13.8.0.0/16")).hasFree(65_534);
      await (await createPool(exam, "13.8.0.4/30")).hasFree(2);
    },
  },
  {
    id: "lab-2.reserved-counted-once",
    title: "An address that is withheld for two reasons is missing once",
    rule: addressPool,
    hints: [
      "Look at how you compute the number of addresses to lend.",
      "May `reserved` name an address twice, or the network address? What is subtracted then?",
      "Put the network address, the broadcast address and all reserved ones into one Set, and subtract its size.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.0/29", ["13.8.0.1", "13.8.0.1", "13.8.0.0", "13.8.0.7"]);
      await pool.hasFree(5);
      await pool.lendsRest(5);
      await pool.hasFree(0);
    },
  },
  {
    id: "lab-2.empty-pool",
    title: "An empty pool answers undefined, each time",
    rule: addressPool,
    hints: [
      "Look at what allocate() answers when everything is lent.",
      "A published server read on behind the end of its table here, and lent 1.0.0.0.",
      "When there is neither an address that was never lent nor one that came back, return undefined; do not throw.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.0/24", ["13.8.0.1"]);
      const [first] = await pool.takeAll();
      await pool.lendsNothing();
      await pool.lendsNothing();
      await pool.hasFree(0);
      await pool.releases(first, true);
      await pool.lends(first);
      await pool.lendsNothing();
    },
  },
  {
    id: "lab-2.large-network",
    title: "Inside a large network, .255 and .0 are hosts like any other",
    rule: prefixes,
    hints: [
      "Look at how you go from one address to the next, at 13.8.2.254.",
      "Which two addresses of a /23 are special: those that end in 0 or 255, or the two ends?",
      "Count in numbers (ipv4ToNumber, ipv4FromNumber), and compare with the two ends of the network only.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.2.0/23");
      await pool.hasFree(510);
      const below = Array.from({ length: 253 }, (_, index) => `13.8.2.${index + 1}`);
      await pool.lends(...below, "13.8.2.254", "13.8.2.255", "13.8.3.0", "13.8.3.1");
      await pool.releases("13.8.2.255", true);
      await pool.releases("13.8.3.0", true);
      await pool.lendsRest(255);
    },
  },
  {
    id: "lab-2.high-addresses",
    title: "Networks from 128.0.0.0 upwards work like those below",
    rule: prefixes,
    hints: [
      "Look at every <<, &, | and ~ in your code.",
      "JavaScript's bitwise operators work on signed 32-bit numbers: what is 0xc0a80000 | 0?",
      "Put >>> 0 behind each of them, or compute with 2 ** (32 - prefixLength), % and + instead.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "192.168.7.248/29", ["192.168.7.249"]);
      await pool.hasFree(5);
      await pool.lends("192.168.7.250", "192.168.7.251", "192.168.7.252", "192.168.7.253", "192.168.7.254");
      await pool.lendsNothing();
      await pool.releases("192.168.7.251", true);
      await pool.lends("192.168.7.251");
      exam.story.restart();
      const highest = await createPool(exam, "255.255.255.252/30");
      await highest.lends("255.255.255.253", "255.255.255.254");
      await highest.lendsNothing();
      exam.story.restart();
      await (await createPool(exam, "127.255.255.0/24")).hasFree(254);
    },
  },
  {
    id: "lab-2.huge-network",
    title: "A pool of sixteen million addresses is made at once",
    rule: addressPool,
    hints: [
      "Look at what createAddressPool() does before anybody has asked for an address.",
      "Need a free address that nobody has ever held be stored?",
      "Keep one number for all addresses that were never lent; store only what is lent and what came back.",
    ],
    // The time and the memory that every check has are the judge: a list of sixteen million texts fits neither.
    run: async (exam) => {
      const pool = await createPool(exam, "10.0.0.0/8", ["10.0.0.1"]);
      const free = await pool.free();
      const [first, second] = [await pool.lendsSome(), await pool.lendsSome()];
      expectThat(first !== second, `allocate() lends ${first} twice`);
      await pool.releases(first, true);
      await pool.hasFree(free - 1);
    },
  },
];
