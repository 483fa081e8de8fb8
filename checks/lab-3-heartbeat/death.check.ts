import type { Check } from "#checks/harness/check.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import { dead, heard, life, lives, repeat, sent, tick, usual } from "./heartbeat-steps.ts";

const death = "docs/lab-3-heartbeat.md#death";

export const checks: readonly Check<Lab3>[] = [
  {
    id: "lab-3.dead-wins",
    title: "When both are due, the peer is dead and nothing is sent",
    rule: "docs/lab-3-heartbeat.md#long-ticks",
    hints: [
      "Look at which of the two questions is asked first.",
      "After 60 001 ms of silence a heartbeat is due, and the peer is dead. Whom would the heartbeat reach?",
      "Ask about death first, and return at once.",
    ],
    run: lives(life(usual, tick(60_500), dead()), life(usual, tick(40_000), sent(), tick(20_600), dead())),
  },
  {
    id: "lab-3.dead-once",
    title: "Death is told once",
    rule: death,
    hints: [
      "Look at the tick after peer-dead.",
      "Who acts on peer-dead closes the connection and returns the address. Twice?",
      "Remember that the peer is dead, and answer [] from then on.",
    ],
    run: life(usual, tick(40_500), sent(), tick(19_600), dead(), repeat(5, tick(0), tick(1), tick(50))),
  },
  {
    id: "lab-3.silent-after-death",
    title: "Nothing is sent to a dead peer",
    rule: death,
    hints: [
      "Look at the sending clock after death.",
      "After peer-dead every tick answers [], whatever its length.",
      "Return [] at the very beginning of tick() when the peer is dead.",
    ],
    run: life(usual, tick(40_500), sent(), tick(19_600), dead(), tick(20_000), tick(19_999), tick(1), tick(1_000_000)),
  },
  {
    id: "lab-3.no-revival",
    title: "A heartbeat that arrives after death changes nothing",
    rule: death,
    hints: [
      "Look at heard() when the peer is dead.",
      "The heartbeat was on its way; meanwhile the address may belong to somebody else.",
      "Do not decide by the hearing clock alone whether the peer is dead: keep it in a variable that is never taken back.",
    ],
    run: life(usual, tick(40_500), sent(), tick(19_600), dead(), heard(), tick(0), tick(20_500), heard(), tick(60_500), tick(1)),
  },
  {
    id: "lab-3.death-comes-first",
    title: "A peer may die before its first heartbeat is due, or at the same length",
    rule: "docs/lab-3-heartbeat.md#boundaries",
    hints: [
      "Look at deadAfter below sendEvery, and at both alike.",
      "At 30 000 ms with both 30 000: due is >=, dead is >.",
      "Assume nothing about which of the two is longer.",
    ],
    run: lives(
      life({ sendEvery: 60_000, deadAfter: 20_000 }, tick(19_500), tick(1000), dead(), tick(30_000)),
      life({ sendEvery: 30_000, deadAfter: 30_000 }, tick(30_000), sent(), tick(1), dead()),
    ),
  },
];
