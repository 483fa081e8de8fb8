import type { Exam } from "#checks/harness/check.ts";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import { firstDifference } from "#checks/harness/difference.ts";
import { expectEqual } from "#checks/harness/expect.ts";
import { createOutbox, type Outbox } from "#checks/harness/outbox.ts";
import type { Step } from "#checks/harness/scenario.ts";
import type { Story } from "#checks/harness/story.ts";
import { type StoryPacket, toLab } from "#checks/harness/story-packet.ts";
import type { Subject } from "#checks/harness/subject.ts";
import { arpLayout, ipv4Layout } from "#checks/harness/wire/layouts.ts";
import { packetBytes } from "#checks/harness/wire/packet-bytes.ts";
import type { EthernetFrame, Ipv4Packet } from "#contract/lab-1-codec.ts";
import type { InterfaceAction, NetworkInterface } from "#contract/lab-5-arp-interface.ts";
import type { Ipv4Address, Millis } from "#contract/vocabulary.ts";
import { counted } from "#kit/counted.ts";
import { describeAction, describeFrame, describePacket } from "./describe-frame.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { carries, etherTypes, isAt, whoHas } from "./frames.ts";
import { type Host, us } from "./hosts.ts";
import { frameBytes, packetOfAction } from "./link-packets.ts";
import { packet } from "./packets.ts";

/** An interface on a link, and what it has asked for and no step has expected yet. */
export type LinkWorld = {
  readonly subject: Subject<Lab5UnderCheck>;
  readonly networkInterface: Subject<NetworkInterface>;
  readonly host: Host;
  readonly outbox: Outbox<InterfaceAction>;
  readonly story: Story;
};

export type LinkStep = Step<LinkWorld>;

/** A fresh interface. What it does and no step expects is a failure, at the next step that acts or at the end. */
export function onLink(host = us): (exam: Exam<Lab5UnderCheck>) => Promise<LinkWorld> {
  return async ({ subject, story }) => {
    story.tell("interface", `${host.ip} at ${host.mac}`);
    const networkInterface = await subject.createNetworkInterface(host);
    return { subject, networkInterface, host, outbox: createOutbox(story, tellAction), story };
  };
}

function tellAction(action: InterfaceAction): readonly [verb: string, words: string, packet: StoryPacket] {
  return [...describeAction(action), packetOfAction(action)];
}

/** The host above sends a packet with a word in it, by way of a neighbour. */
export function send(text: string, nextHop: Host, fields: Partial<Ipv4Packet> = {}): LinkStep {
  return sendPacket(packet(text, fields), nextHop.ip);
}

export function sendPacket(value: Ipv4Packet, nextHop: Ipv4Address): LinkStep {
  return async ({ networkInterface, outbox, story }) => {
    outbox.expectEmpty();
    story.tell(
      "send",
      `${describePacket(value)} via ${nextHop}`,
      toLab("raw-ip", () => packetBytes(value)),
    );
    outbox.put(await networkInterface.send(value, nextHop));
  };
}

/** This frame passes on the link. `words` are for a frame that does not speak for itself. */
export function receive(frame: EthernetFrame, words = describeFrame(frame)): LinkStep {
  return async ({ networkInterface, outbox, story }) => {
    outbox.expectEmpty();
    story.tell(
      "recv",
      words,
      toLab("ethernet", () => frameBytes(frame)),
    );
    outbox.put(await networkInterface.receive(frame));
  };
}

export function tick(elapsed: Millis): LinkStep {
  return async ({ networkInterface, outbox, story }) => {
    outbox.expectEmpty();
    story.advance(elapsed);
    story.tell("tick", `${elapsed} ms`);
    outbox.put(await networkInterface.tick(elapsed));
    outbox.expectEmpty();
  };
}

export function ticks(count: number, elapsed: Millis): LinkStep {
  return steps(...Array.from({ length: count }, () => tick(elapsed)));
}

/** Several steps as one. */
export function steps(...inOrder: readonly LinkStep[]): LinkStep {
  return async (world) => {
    for (const step of inOrder) await step(world);
  };
}

/** The interface asks everybody for this neighbour's MAC address. */
export function expectQuestion(wanted: Host): LinkStep {
  return async (world) => expectFrame(whoHas(wanted.ip, world.host), `the question who has ${wanted.ip}`)(world);
}

/** The interface answers this neighbour's question. */
export function expectReply(asker: Host): LinkStep {
  return async (world) => expectFrame(isAt(world.host, { target: asker }), `the reply to ${asker.ip}`)(world);
}

/** The packet with this word goes to this neighbour. */
export function expectPacket(text: string, to: Host, fields: Partial<Ipv4Packet> = {}): LinkStep {
  return async (world) =>
    expectFrame(carries(packet(text, fields), { to: to.mac, by: world.host.mac }), `the packet "${text}" to ${to.mac}`)(world);
}

/** One message does two things: the asker gets its reply, and the packets that waited for it, in order. The reply may stand anywhere. */
export function expectReplyAmongPackets(asker: Host, texts: readonly string[]): LinkStep {
  return async ({ host, outbox }) => {
    const actions = outbox.takeAll();
    const inOrder = [...actions.filter(isArp), ...actions.filter((action) => !isArp(action))];
    const expected = [isAt(host, { target: asker }), ...texts.map((text) => carries(packet(text), { to: asker.mac, by: host.mac }))].map(
      (frame): InterfaceAction => ({ kind: "transmit", frame }),
    );
    if (inOrder.length !== expected.length)
      throw new CheckFailure(
        `expected the reply to ${asker.ip} and ${counted(texts.length, "packet")} that waited for it, in any order`,
        (inOrder.length === 0 ? ["nothing"] : inOrder.map((action) => describeAction(action).join("  "))).map(
          (words) => ({ kind: "got", text: `got       ${words}` }) as const,
        ),
      );
    for (const [index, action] of expected.entries())
      expectAction(inOrder[index] ?? action, action, index === 0 ? `the reply to ${asker.ip}` : `the packet "${texts[index - 1]}"`);
  };
}

export function expectFrame(frame: EthernetFrame, what: string): LinkStep {
  const action: InterfaceAction = { kind: "transmit", frame };
  return async ({ outbox }) => expectAction(outbox.take(what, packetOfAction(action)), action, what);
}

/** The packet is handed up. */
export function expectDelivery(value: Ipv4Packet): LinkStep {
  const what = "the delivery of the packet";
  const action: InterfaceAction = { kind: "deliver", packet: value };
  return async ({ outbox }) => expectAction(outbox.take(what, packetOfAction(action)), action, what);
}

export function expectNothing(): LinkStep {
  return async ({ outbox }) => outbox.expectEmpty();
}

/** @param what names the action in a headline: `the reply to 10.0.0.9` */
function expectAction(actual: InterfaceAction, expected: InterfaceAction, what: string): void {
  if (firstDifference(actual, expected) === undefined) return;
  const [right, wrong] = [describeAction(expected).join("  "), describeAction(actual).join("  ")];
  if (right !== wrong)
    throw new CheckFailure(`expected ${what}, but something else came`, [
      { kind: "expected", text: `expected  ${right}` },
      { kind: "got", text: `got       ${wrong}` },
    ]);
  expectEqual(actual, expected, what, { layout: isArp(expected) ? arpLayout : ipv4Layout });
}

function isArp(action: InterfaceAction): boolean {
  return action.kind === "transmit" && action.frame.etherType === etherTypes.arp;
}
