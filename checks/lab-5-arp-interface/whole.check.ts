import type { Check } from "#checks/harness/check.ts";
import { forAll } from "#checks/harness/generate.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { isAt } from "./frames.ts";
import { host, other, peer } from "./hosts.ts";
import { anyLinkEvent, playEvent } from "./link-events.ts";
import { expectNothing, expectPacket, expectQuestion, onLink, receive, send, steps, tick } from "./link-steps.ts";
import { naiveInterface } from "./naive-interface.ts";

const rule = "docs/protocol.md#the-arp-interface";

const second = host(2);

export const checks: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.two-interfaces",
    title: "Two interfaces share nothing",
    rule,
    hints: [
      "Look at where your table and your queue are made.",
      "A variable outside createNetworkInterface exists once for all interfaces.",
      "Make table and queue inside createNetworkInterface.",
    ],
    run: async (exam) => {
      const a = await onLink()(exam);
      const b = await onLink(second)(exam);
      await steps(receive(isAt(peer)), expectNothing())(a);
      await steps(send("b1", peer), expectQuestion(peer))(b);
      await steps(send("a1", other), expectQuestion(other))(a);
      await steps(send("b2", other), expectQuestion(other))(b);
      await tick(5000)(a);
      await steps(receive(isAt(other, { target: second })), expectPacket("b2", other), expectNothing())(b);
      await steps(send("a2", other), expectQuestion(other), expectNothing())(a);
    },
  },
  {
    id: "lab-5.interface-model",
    title: "Any sequence of events gives what a slow, obviously right version gives",
    rule,
    hints: [
      "Read the shortest story that the check prints, line by line.",
      "Which rule does its last step need? What was learned last, and what was asked last, and when?",
      "Compare with the handout's tables of sending, receiving and time, step by step.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => fc.array(anyLinkEvent(fc), { maxLength: 50, size: "max" }),
        async (events) => {
          const world = await onLink()(exam);
          const model = naiveInterface();
          for (const [index, event] of events.entries()) await playEvent(event, model, `p${index}`)(world);
          world.outbox.expectEmpty();
        },
        { cases: 30 },
      ),
  },
];
