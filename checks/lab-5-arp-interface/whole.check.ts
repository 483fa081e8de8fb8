import type { Check } from "#checks/harness/check.ts";
import { forAll } from "#checks/harness/generate.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { isAt } from "./frames.ts";
import { host, other, peer } from "./hosts.ts";
import { anyLinkEvent, playEvent } from "./link-events.ts";
import {
  expectNothing,
  expectPacket,
  expectQuestion,
  type LinkStep,
  type LinkWorld,
  onLink,
  receive,
  send,
  steps,
  tick,
} from "./link-steps.ts";
import { naiveInterface } from "./naive-interface.ts";

const rule = "docs/protocol.md#the-arp-interface";

const second = host(2);
const fromSecond = { source: second.ip };

/** Steps on one of several interfaces. */
async function on(world: LinkWorld, ...inOrder: readonly LinkStep[]): Promise<void> {
  world.story.tell("on", world.host.ip);
  await steps(...inOrder)(world);
}

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
      await on(a, receive(isAt(peer)), expectNothing());
      await on(b, send("b1", peer, fromSecond), expectQuestion(peer));
      await on(a, send("a1", other), expectQuestion(other));
      await on(b, send("b2", other, fromSecond), expectQuestion(other));
      await on(a, tick(5000));
      await on(b, receive(isAt(other, { target: second })), expectPacket("b2", other, fromSecond), expectNothing());
      await on(a, send("a2", other), expectQuestion(other), expectNothing());
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
