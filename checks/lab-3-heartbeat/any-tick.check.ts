import type { Check } from "#checks/harness/check.ts";
import type { Story } from "#checks/harness/story.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { dead, heard, life, lives, type PeerStep, repeat, sent, tick, usual, watchPeer } from "./heartbeat-steps.ts";

const boundaries = "docs/lab-3-heartbeat.md#boundaries";
const longTicks = "docs/lab-3-heartbeat.md#long-ticks";

/** Longer than a life: what is never due. */
const hundredYears = 4_000_000_000_000;

/** The same story, in which every line says whose it is. */
function namedStory(story: Story, name: string): Story {
  return { ...story, tell: (verb, words, packet) => story.tell(verb, `${name}: ${words}`, packet && { ...packet, peer: name }) };
}

export const checks: readonly Check<Lab3>[] = [
  {
    id: "lab-3.tick-zero",
    title: "A tick of zero is allowed and brings nothing about",
    rule: boundaries,
    hints: [
      "Look at tick(0), also right after a heartbeat.",
      "No time has passed: can anything have become due?",
      "Accept 0; there is nothing else to do for it.",
    ],
    run: life(usual, tick(0), tick(19_998), tick(0), tick(3), sent(), tick(0), tick(0), tick(19_998), tick(3), sent()),
  },
  {
    id: "lab-3.very-long-tick",
    title: "Ticks of days and of years are ordinary ticks",
    rule: longTicks,
    hints: [
      "Look for a limit on elapsed, and for bitwise operators.",
      "3 000 000 000 does not fit a signed 32-bit number, but it fits a JavaScript number.",
      "Add with + and compare; cut nothing off.",
    ],
    run: lives(
      life({ sendEvery: hundredYears, deadAfter: 60_000 }, heard(), tick(1_000_000_000), dead(), tick(1_000_000_000)),
      life({ sendEvery: hundredYears, deadAfter: 60_000 }, tick(3_000_000_000), dead()),
      life(
        { sendEvery: hundredYears, deadAfter: 9_000_000_000_000 },
        ...repeat(2, tick(hundredYears + 1), sent()),
        tick(1_000_000_000_000),
        dead(),
      ),
    ),
  },
  {
    id: "lab-3.small-equals-large",
    title: "Many small ticks do the same as few large ones",
    rule: longTicks,
    hints: [
      "Look at what a tick does when nothing is due.",
      "Sixty ticks of 1 ms, or six of 10: the same time has passed.",
      "Add elapsed to both clocks at every tick, also at one that answers [].",
    ],
    run: lives(
      life(
        { sendEvery: 200, deadAfter: 600 },
        ...repeat(2, ...repeat(19, tick(10)), tick(11), sent()),
        ...repeat(19, tick(10)),
        tick(9),
        dead(),
      ),
      life(
        { sendEvery: 200, deadAfter: 600 },
        tick(70),
        tick(70),
        tick(61),
        sent(),
        tick(130),
        tick(71),
        sent(),
        tick(150),
        tick(49),
        dead(),
      ),
    ),
  },
  {
    id: "lab-3.other-timings",
    title: "Both durations are the caller's",
    rule: boundaries,
    hints: [
      "Look for 20 000 and 60 000 in your code.",
      "They are the usual timing, not the only one.",
      "Compare with sendEvery and deadAfter.",
    ],
    run: lives(
      life({ sendEvery: 7, deadAfter: 50 }, tick(5), tick(3), sent(), tick(41), sent(), tick(5), dead()),
      life({ sendEvery: 250_000, deadAfter: 500_000 }, tick(249_000), tick(2000), sent(), tick(249_500), dead()),
    ),
  },
  {
    id: "lab-3.two-peers",
    title: "Each peer has clocks of its own",
    rule: "docs/lab-3-heartbeat.md#what-you-build",
    hints: [
      "Look for variables that stand outside createHeartbeat().",
      "A server watches hundreds of peers with this one module.",
      "Declare both clocks and the death inside createHeartbeat().",
    ],
    run: async (exam) => {
      const one = await watchPeer({ ...exam, story: namedStory(exam.story, "one") }, usual);
      // Time passes for both at once: the clock of the story goes with the first.
      const two = await watchPeer({ ...exam, story: { ...namedStory(exam.story, "two"), advance: () => {} } }, usual);
      const pass = async (elapsed: Millis, ofOne: readonly PeerStep[], ofTwo: readonly PeerStep[]) => {
        for (const step of [tick(elapsed), ...ofOne]) await step(one);
        for (const step of [tick(elapsed), ...ofTwo]) await step(two);
      };
      await pass(15_000, [], [heard()]);
      await pass(5500, [sent()], [sent()]);
      await pass(20_500, [sent()], [sent()]);
      await pass(19_500, [dead()], []);
      await pass(14_000, [], [sent()]);
      await pass(1000, [], [dead()]);
      one.outbox.expectEmpty();
      two.outbox.expectEmpty();
    },
  },
];
