import type { Check } from "#checks/harness/check.ts";
import { expectEqual } from "#checks/harness/expect.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";

export const category = "timing";

export const points = { "lab-3.hidden-short-ticks": 2 };

export const checks: readonly Check<Lab3>[] = [
  {
    id: "lab-3.hidden-short-ticks",
    title: "Ten short ticks are one long one",
    rule: "docs/lab-3-heartbeat.md#two-clocks",
    hints: ["Look at what a tick adds up.", "Ten times 1 ms are 10 ms.", "Add elapsed to both clocks in every tick."],
    run: async ({ subject, story }) => {
      const heartbeat = await subject.createHeartbeat({ sendEvery: 10, deadAfter: 100 });
      for (let tick = 1; tick <= 9; tick++) {
        story.tell("tick", "1 ms");
        expectEqual(await heartbeat.tick(1), [], "the actions");
      }
      story.tell("tick", "1 ms");
      expectEqual(await heartbeat.tick(1), [{ kind: "send-heartbeat" }], "the actions");
    },
  },
];
