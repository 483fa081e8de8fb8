import type { Check } from "#checks/harness/check.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { createPool } from "./pool-under-check.ts";

const rule = "docs/lab-2-user-pool.md#the-address-pool";

export const checks: readonly Check<Lab2>[] = [
  {
    id: "lab-2.fresh-pool-ascends",
    title: "A fresh pool lends its addresses in ascending order",
    rule,
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
    id: "lab-2.reserved-withheld",
    title: "Reserved addresses are never lent, wherever they lie",
    rule,
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
    rule,
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
    rule,
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
    rule,
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
];
