import type { Arbitrary } from "fast-check";
import type { Check } from "#checks/harness/check.ts";
import { forAll } from "#checks/harness/generate.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import type { Timing } from "./heartbeat-steps.ts";
import { compareWithDiary, type PeerEvent } from "./peer-events.ts";

type Life = { readonly timing: Timing; readonly events: readonly PeerEvent[] };

/** Short durations, and ticks that often end exactly at one of them or beside it. */
function anyLife(fc: typeof import("fast-check")): Arbitrary<Life> {
  const duration = fc.integer({ min: 1, max: 50 });
  return fc.record({ sendEvery: duration, deadAfter: duration }).chain((timing) => {
    const { sendEvery, deadAfter } = timing;
    const elapsed = fc.oneof(fc.constantFrom(0, 1, sendEvery - 1, sendEvery, deadAfter, deadAfter + 1), fc.nat(60));
    const event = fc.oneof(
      fc.constant<PeerEvent>({ kind: "heard" }),
      elapsed.map((each): PeerEvent => ({ kind: "tick", elapsed: each })),
      elapsed.map((each): PeerEvent => ({ kind: "tick", elapsed: each })),
    );
    // Without this size the library makes short arrays most of the time.
    return fc.record({ timing: fc.constant(timing), events: fc.array(event, { maxLength: 60, size: "max" }) });
  });
}

export const checks: readonly Check<Lab3>[] = [
  {
    id: "lab-3.heartbeat-model",
    title: "Any life of a peer agrees with a diary of every instant",
    rule: "docs/lab-3-heartbeat.md#two-clocks",
    hints: [
      "Read the shortest failing story that is shown, and write both clocks beside each line.",
      "Which of the two clocks differs first?",
      "Two numbers and one boolean are all that there is to remember.",
    ],
    run: (exam) =>
      forAll(
        exam,
        anyLife,
        async ({ timing, events }) => {
          await compareWithDiary(exam, timing, events);
        },
        { cases: 250 },
      ),
  },
];
