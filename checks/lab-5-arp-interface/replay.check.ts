import type { Check, Exam } from "#checks/harness/check.ts";
import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";
import { ipv4 } from "#kit/addresses.ts";
import { askerOf, type CapturedEvent, capturedEvents } from "./captured-link.ts";
import { describeFrame } from "./describe-frame.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { card } from "./hosts.ts";
import {
  expectDelivery,
  expectFrame,
  expectReply,
  type LinkStep,
  type LinkWorld,
  onLink,
  receive,
  sendPacket,
  steps,
  tick,
} from "./link-steps.ts";
import { packetOf } from "./packets.ts";

const rule = "docs/protocol.md#the-arp-interface";

const hints = [
  "Look at the frame where the story stops; it is named by its number in the capture arp-linux-kernel.",
  "What had the interface heard by then? Whatever it needs for this frame stands in an earlier one.",
  "Find the check that has the same rule: the others play one rule each, and stand before this one.",
] as const;

/** What must happen when the frame passes. */
function stepFor({ number, frame, means }: CapturedEvent): LinkStep {
  const name = `frame ${number}`;
  switch (means) {
    case "sends": {
      const value = packetOf(frame.payload);
      // On this link every packet is for a neighbour: the next hop is its destination.
      return steps(sendPacket(value, value.destination), expectFrame(frame, name));
    }
    case "delivers":
      return steps(receive(frame), expectDelivery(packetOf(frame.payload)));
    case "replies":
      return steps(receive(frame), expectReply(askerOf(frame)));
    case "hears":
      return receive(frame);
    case "passes":
      return async ({ story }) => story.tell("passed", describeFrame(frame));
    default:
      return means satisfies never;
  }
}

/** Puts the interface in the place of a host: what that host sent is sent, what it could hear is received. */
async function replay(
  exam: Exam<Lab5UnderCheck>,
  ip: Ipv4Address,
  cards: readonly [MacAddress, ...MacAddress[]],
  expected: Readonly<Record<CapturedEvent["means"], number>>,
): Promise<void> {
  const events = await capturedEvents(ip, cards);
  for (const [means, count] of Object.entries(expected)) {
    const found = events.filter((event) => event.means === means).length;
    if (found !== count) throw new Error(`The capture should hold ${count} frames of the kind "${means}", and holds ${found}.`);
  }
  let world: LinkWorld | undefined;
  let now = 0;
  for (const event of events) {
    // An interface has one MAC address all its life: another card is another interface.
    if (world?.host.mac !== event.host.mac) world = await onLink(event.host)(exam);
    else if (event.at > now) await tick(event.at - now)(world);
    now = event.at;
    exam.story.tell("frame", `${event.number} of ${events.length}`);
    await stepFor(event)(world);
    world.outbox.expectEmpty();
  }
}

export const checks: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.replay-host-a",
    title: "In the place of a Linux host: the same frames, deliveries and lessons",
    rule,
    hints,
    run: (exam) => replay(exam, ipv4("192.0.2.1"), [card(0x0a)], { sends: 8, delivers: 8, replies: 0, hears: 3, passes: 5 }),
  },
  {
    id: "lab-5.replay-host-b",
    title: "In the place of its neighbour, whose network card is replaced",
    rule,
    hints,
    run: (exam) => replay(exam, ipv4("192.0.2.2"), [card(0x0b), card(0x0c)], { sends: 8, delivers: 9, replies: 2, hears: 2, passes: 3 }),
  },
];
