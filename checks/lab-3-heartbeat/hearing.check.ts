import type { Check } from "#checks/harness/check.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import { dead, heard, life, lives, repeat, sent, type Timing, tick, usual } from "./heartbeat-steps.ts";

const clocks = "docs/lab-3-heartbeat.md#two-clocks";
const boundaries = "docs/lab-3-heartbeat.md#boundaries";

/** So rarely that no heartbeat of ours stands in the story. */
const silent: Timing = { sendEvery: 1_000_000, deadAfter: 60_000 };

export const checks: readonly Check<Lab3>[] = [
  {
    id: "lab-3.dead-after",
    title: "A peer is dead when more than deadAfter has passed, not before",
    rule: boundaries,
    hints: [
      "Look at the comparison that decides about death.",
      "At 60 000 ms the peer is alive, at 60 001 ms it is dead: is that > or >=?",
      "It is dead when the time since it was heard is > deadAfter.",
    ],
    run: lives(life(silent, tick(59_999), tick(1), tick(0), tick(1), dead()), life(silent, tick(60_000), tick(1), dead())),
  },
  {
    id: "lab-3.never-heard",
    title: "A peer that was never heard dies, too: its silence counts from the beginning",
    rule: clocks,
    hints: [
      "Look at the hearing clock before the first heard().",
      "A client may lose its power a second after it got its address.",
      "The hearing clock starts at 0 and runs from the first tick, heard() or not.",
    ],
    run: life(silent, repeat(11, tick(5000)), tick(4000), tick(2000), dead()),
  },
  {
    id: "lab-3.heard-restarts-silence",
    title: "A heartbeat of the peer restarts its silence at that moment",
    rule: clocks,
    hints: [
      "Look at what heard() does, and when it takes effect.",
      "Heard at 30 s: alive until 90 s, dead 1 ms later. Not a tick later.",
      "heard() sets the hearing clock to 0 at once; the next tick adds all of its time.",
    ],
    run: lives(
      life(usual, tick(30_000), sent(), heard(), tick(59_000), sent(), tick(1001), dead()),
      life(silent, tick(30_000), heard(), tick(60_001), dead()),
    ),
  },
  {
    id: "lab-3.last-moment",
    title: "A peer that is heard at the very end of its time lives on",
    rule: boundaries,
    hints: [
      "Look at the millisecond 60 000.",
      "Not dead yet, and heard now: how much time has it from here?",
      "Nothing special: > in the comparison and 0 in heard() give the right answer.",
    ],
    run: life(silent, repeat(5, tick(60_000), heard()), tick(60_000), tick(1), dead()),
  },
  {
    id: "lab-3.sending-proves-nothing",
    title: "Sending to a silent peer does not keep it alive",
    rule: clocks,
    hints: [
      "Look at which clocks are set back when a heartbeat is sent.",
      "A message to a dead host is sent as easily as any other.",
      "Sending sets the sending clock to 0, and leaves the hearing clock alone.",
    ],
    run: life(usual, tick(20_500), sent(), tick(20_500), sent(), tick(18_000), tick(1500), dead()),
  },
  {
    id: "lab-3.heard-often",
    title: "Being heard ten times is being heard once, and saves up nothing",
    rule: clocks,
    hints: [
      "Look at heard() called several times, also before the first tick.",
      "Is the hearing clock set, or is something added or subtracted?",
      "heard() sets the hearing clock to 0.",
    ],
    run: life(usual, heard(), heard(), tick(20_500), sent(), repeat(10, heard()), tick(59_500), sent(), tick(1000), dead()),
  },
];
