import type { Check } from "#checks/harness/check.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import { heard, life, lives, repeat, sent, tick, usual } from "./heartbeat-steps.ts";

const clocks = "docs/lab-3-heartbeat.md#two-clocks";
const longTicks = "docs/lab-3-heartbeat.md#long-ticks";

export const checks: readonly Check<Lab3>[] = [
  {
    id: "lab-3.due-at-send-every",
    title: "A heartbeat is due when exactly sendEvery has passed",
    rule: "docs/lab-3-heartbeat.md#boundaries",
    hints: [
      "Look at the comparison that decides about sending.",
      "At 19 999 ms nothing, at 20 000 ms a heartbeat: is that > or >=?",
      "Send when the time since the last heartbeat is >= sendEvery.",
    ],
    run: life(usual, tick(19_999), tick(1), sent(), tick(1)),
  },
  {
    id: "lab-3.nothing-at-start",
    title: "Both clocks start at zero: nothing is due at the beginning",
    rule: clocks,
    hints: [
      "Look at the values that your two clocks begin with.",
      "The client has its address this very moment; what would a heartbeat tell it?",
      "Begin with both clocks at 0.",
    ],
    run: life(usual, tick(0), tick(1), tick(19_998), tick(2), sent()),
  },
  {
    id: "lab-3.regular",
    title: "Heartbeats go on, one for each sendEvery",
    rule: clocks,
    hints: [
      "Look at what happens to the sending clock when a heartbeat is sent.",
      "The second heartbeat is due 20 000 ms after the first.",
      "Set the sending clock to 0 when you answer send-heartbeat.",
    ],
    run: life(usual, repeat(10, tick(10_000), heard(), tick(10_001), sent()), tick(19_998), tick(3), sent()),
  },
  {
    id: "lab-3.one-per-tick",
    title: "However long the tick, one heartbeat is sent",
    rule: longTicks,
    hints: [
      "Look for a loop around sending.",
      "The peer wants to know that we are here now. Do two messages at once say it better?",
      "Answer at most one action a tick: an if, not a while.",
    ],
    run: lives(life(usual, tick(59_000), sent()), life({ sendEvery: 1000, deadAfter: 60_000 }, tick(50_500), sent())),
  },
  {
    id: "lab-3.no-remainder",
    title: "Sending sets the clock to zero: a long tick leaves no remainder",
    rule: longTicks,
    hints: [
      "Look at how the sending clock is set back.",
      "A tick of 39 999 ms sends one heartbeat. When is the next one due: 1 ms later, or 20 000?",
      "sinceSent = 0, not sinceSent -= sendEvery, and no timetable of multiples.",
    ],
    run: life(usual, tick(39_999), sent(), heard(), tick(1), tick(19_998), tick(2), sent(), tick(19_998), tick(3), sent()),
  },
  {
    id: "lab-3.hearing-delays-no-sending",
    title: "Hearing the peer does not put off the next heartbeat",
    rule: clocks,
    hints: [
      "Look at which clocks heard() sets back.",
      "The peer waits for our heartbeat as we wait for its own.",
      "heard() sets the hearing clock to 0, and leaves the sending clock alone.",
    ],
    run: life(usual, tick(19_999), heard(), tick(2), sent(), tick(10_000), heard(), heard(), tick(10_001), sent()),
  },
];
