import type { Check } from "#checks/harness/check.ts";
import { expectThrows } from "#checks/harness/expect.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import { dead, life, refusedTicks, sent, tick, usual } from "./heartbeat-steps.ts";

const rule = "docs/lab-3-heartbeat.md#misuse";

export const checks: readonly Check<Lab3>[] = [
  {
    id: "lab-3.timing-misuse",
    title: "A duration that is not a whole number of at least 1 throws a RangeError",
    rule,
    hints: [
      "Look at what createHeartbeat() does with 0, -1, 0.5, NaN and Infinity.",
      "NaN < 1 is false: a comparison alone lets it through.",
      "Throw a RangeError unless Number.isInteger(value) && value >= 1, for both durations.",
    ],
    run: async (exam) => {
      const { subject, story } = exam;
      const timings = [0, -1, 0.5, 19_999.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].flatMap((bad) => [
        { ...usual, sendEvery: bad },
        { ...usual, deadAfter: bad },
      ]);
      const calls = timings.map((timing) => subject.createHeartbeat(timing));
      await Promise.allSettled(calls);
      for (const [index, call] of calls.entries()) {
        const { sendEvery, deadAfter } = timings[index] ?? usual;
        story.tell("create", `sendEvery ${sendEvery} ms, deadAfter ${deadAfter} ms`);
        const what = `createHeartbeat({ sendEvery: ${sendEvery}, deadAfter: ${deadAfter} })`;
        await expectThrows(
          call.then(() => "a heartbeat"),
          "RangeError",
          what,
        );
      }
      story.restart();
      await life(usual, tick(20_500), sent())(exam);
    },
  },
  {
    id: "lab-3.tick-misuse",
    title: "A time that is not a whole number of at least 0 throws a RangeError, and no time has passed",
    rule,
    hints: [
      "Look at the order in tick(): checking and adding.",
      "Once NaN is in a sum, every comparison with it is false: this peer never dies.",
      "Throw a RangeError unless Number.isInteger(elapsed) && elapsed >= 0, before either clock is changed.",
    ],
    run: life(
      usual,
      tick(19_990),
      refusedTicks(-1, -20_000, 0.5, 20_000.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      tick(5),
      tick(10),
      sent(),
      tick(39_990),
      sent(),
      tick(10),
      dead(),
    ),
  },
];
