import type { Check } from "#checks/harness/check.ts";
import { expectThat } from "#checks/harness/expect.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { createPool } from "./pool-under-check.ts";

const release = "docs/lab-2-user-pool.md#release";

export const checks: readonly Check<Lab2>[] = [
  {
    id: "lab-2.release-lends-again",
    title: "An address that was given back can be lent again",
    rule: release,
    hints: [
      "Look at what release() keeps, and at where allocate() looks.",
      "Lend everything, give one back: where does allocate() find it?",
      "release() appends the address to a list; allocate() takes from that list when nothing untouched is left.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.0/29", ["13.8.0.1"]);
      const [first, second = first, third = first] = await pool.takeAll();
      await pool.releases(third, true);
      await pool.lends(third);
      await pool.lendsNothing();
      await pool.releases(second, true);
      await pool.releases(first, true);
      const again = await pool.lendsRest(2);
      expectThat(again.includes(first) && again.includes(second), `allocate() should lend ${first} and ${second} again, in any order`);
      for (let round = 0; round < 20; round++) {
        await pool.releases(second, true);
        await pool.lends(second);
      }
      await pool.hasFree(0);
    },
  },
  {
    id: "lab-2.double-release",
    title: "A second release answers false and changes nothing",
    rule: release,
    hints: [
      "Look at what release() does with an address that is free already.",
      "The end of a connection is often noticed twice. Who gets an address that is in the list of free ones twice?",
      "Keep a Set of the lent addresses: lent.delete(address) tells whether it was there; when it was not, return false before anything else.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.0/29", ["13.8.0.1"]);
      const free = await pool.free();
      const address = await pool.lendsSome();
      await pool.releases(address, true);
      await pool.releases(address, false);
      await pool.releases(address, false);
      await pool.hasFree(free);
      await pool.lendsRest(free);
      await pool.hasFree(0);
    },
  },
  {
    id: "lab-2.release-never-lent",
    title: "Releasing an address that was never lent answers false and changes nothing",
    rule: release,
    hints: [
      "Look at what release() does with an address that allocate() has not reached yet.",
      "It is the pool's, and it is free: what would happen if it went into the list of returned addresses as well?",
      "Ask whether the address is lent, not whether it is absent from the list of returned ones.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.0/29", ["13.8.0.1"]);
      const free = await pool.free();
      await pool.releases("13.8.0.5", false);
      await pool.releases("13.8.0.3", false);
      await pool.hasFree(free);
      await pool.lendsSome();
      await pool.releases("13.8.0.5", false);
      await pool.hasFree(free - 1);
      await pool.lendsRest(free - 1);
    },
  },
  {
    id: "lab-2.release-foreign",
    title: "Releasing an address that is not the pool's to lend throws a RangeError",
    rule: "docs/lab-2-user-pool.md#misuse",
    hints: [
      "Look at release() of the server's own address, and of one from another network.",
      "No correct program does this; what would hide the mistake longest?",
      "Throw a RangeError when the number lies outside the network or among the withheld addresses, before anything is changed.",
    ],
    run: async (exam) => {
      const pool = await createPool(exam, "13.8.0.0/29", ["13.8.0.1"]);
      const free = await pool.free();
      await pool.lendsSome();
      await pool.refuses("13.7.255.255", "13.8.0.8", "10.0.0.2", "13.8.0.0", "13.8.0.7", "13.8.0.1");
      await pool.hasFree(free - 1);
      await pool.lendsRest(free - 1);
    },
  },
  {
    id: "lab-2.two-pools",
    title: "Two pools know nothing of each other",
    rule: "docs/lab-2-user-pool.md#the-address-pool",
    hints: [
      "Look for variables that stand outside createAddressPool().",
      "A module is loaded once, however many pools are made.",
      "Declare everything that a pool remembers inside createAddressPool().",
    ],
    run: async (exam) => {
      const one = await createPool(exam, "13.8.0.0/29", ["13.8.0.1"], "one:");
      const two = await createPool(exam, "13.8.0.0/29", ["13.8.0.2"], "two:");
      const [inOne, inTwo] = [await one.free(), await two.free()];
      const address = await one.lendsSome();
      await two.hasFree(inTwo);
      await two.lendsRest(inTwo);
      await one.hasFree(inOne - 1);
      await one.releases(address, true);
      await two.hasFree(0);
      await one.lendsRest(inOne);
    },
  },
];
