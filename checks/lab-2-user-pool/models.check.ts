import type { Check } from "#checks/harness/check.ts";
import { forAll } from "#checks/harness/generate.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { network } from "./network.ts";
import { anyPoolCommand, comparePools } from "./pool-commands.ts";
import { anyTableCommand, compareTables } from "./table-commands.ts";

const networks = [
  network("13.8.0.0/29", ["13.8.0.1"]),
  network("192.168.255.240/28", ["192.168.255.241", "192.168.255.241", "192.168.255.250"]),
  network("10.0.255.248/29"),
];

/** Without this size the library makes short arrays most of the time, which empty no pool. */
const longest = { maxLength: 60, size: "max" } as const;

export const checks: readonly Check<Lab2>[] = [
  {
    id: "lab-2.pool-model",
    title: "Any sequence of allocate and release agrees with a list that is searched from end to end",
    rule: "docs/lab-2-user-pool.md#the-address-pool",
    hints: [
      "Read the shortest failing story that is shown, and write down after each line which addresses are lent.",
      "Which call made the two views differ? The wrong answer often comes later than the mistake.",
      "Keep one truth (the set of lent addresses) and derive the other answers from it.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => fc.record({ of: fc.constantFrom(...networks), commands: fc.array(anyPoolCommand(fc), longest) }),
        ({ of, commands }) => comparePools(exam, of, commands),
        { cases: 50 },
      ),
  },
  {
    id: "lab-2.table-model",
    title: "Any life of sessions agrees with a list that is searched from end to end",
    rule: "docs/lab-2-user-pool.md#the-session-table",
    hints: [
      "Read the shortest failing story that is shown, and write down after each line who holds what.",
      "Which of the two sides is wrong, the session's or the address's?",
      "Change both maps in the same function, always both, and nothing else anywhere.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => fc.array(anyTableCommand(fc), longest),
        (commands) => compareTables(exam, commands),
        { cases: 25 },
      ),
  },
];
