import type { Arbitrary } from "fast-check";
import type { Check } from "#checks/harness/check.ts";
import { forAll } from "#checks/harness/generate.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import type { Timing } from "./heartbeat-steps.ts";
import { compareWithDiary, type PeerEvent } from "./peer-events.ts";

/** A tick is named by its length, or by the duration at whose end it ends, nearly or exactly: so it does when the duration changes. */
type LifeEvent = PeerEvent | { readonly kind: "duration"; readonly of: keyof Timing; readonly plus: number };

type Life = { readonly timing: Timing; readonly events: readonly LifeEvent[] };

/** Short durations, and ticks that often end exactly at one of them or beside it. */
function anyLife(fc: typeof import("fast-check")): Arbitrary<Life> {
  const duration = fc.integer({ min: 1, max: 50 });
  const tick = fc.record({ kind: fc.constant("tick" as const), elapsed: fc.nat(60) });
  const wholeDuration = fc.record({
    kind: fc.constant("duration" as const),
    of: fc.constantFrom("sendEvery" as const, "deadAfter" as const),
    plus: fc.constantFrom(0, 1, -1),
  });
  const event = fc.oneof(fc.constant<LifeEvent>({ kind: "heard" }), tick, wholeDuration);
  // Without this size the library makes short arrays most of the time.
  const events = fc.array(event, { maxLength: 60, size: "max" });
  return fc.record({ timing: fc.record({ sendEvery: duration, deadAfter: duration }), events });
}

function peerEvent(event: LifeEvent, timing: Timing): PeerEvent {
  return event.kind === "duration" ? { kind: "tick", elapsed: timing[event.of] + event.plus } : event;
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
          const peerEvents = events.map((event) => peerEvent(event, timing));
          await compareWithDiary(exam, timing, peerEvents);
        },
        { cases: 250 },
      ),
  },
];
