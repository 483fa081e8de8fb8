import type { Check } from "#checks/harness/check.ts";
import { expectThat } from "#checks/harness/expect.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { createPool } from "./pool-under-check.ts";

const addressPool = "docs/lab-2-user-pool.md#the-address-pool";
const prefixes = "docs/lab-2-user-pool.md#networks-and-prefixes";

export const checks: readonly Check<Lab2>[] = [
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
      await pool.lends("13.8.0.5", "13.8.0.6");
      await pool.lendsNothing();
      await pool.hasFree(0);
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
      await pool.lends(...below);
      await pool.lends("13.8.2.254", "13.8.2.255", "13.8.3.0", "13.8.3.1");
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
