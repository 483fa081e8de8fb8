import { expectThat } from "#checks/harness/expect.ts";
import { dissect } from "#checks/harness/wire/layout.ts";
import { ipv4Layout } from "#checks/harness/wire/layouts.ts";
import { isAt } from "./frames.ts";
import { type Host, peer } from "./hosts.ts";
import type { LinkStep } from "./link-steps.ts";
import { packet } from "./packets.ts";

/** An ARP reply comes from each of so many stations. In answer to them all, `mostPackets` packets at most may go out. */
export function hearFromStations(count: number, mostPackets: number): LinkStep {
  return async ({ subject, networkInterface, outbox, story }) => {
    outbox.expectEmpty();
    story.tell("recv", `a reply from each of ${count} stations`);
    const packets = await subject.hearFromMany(networkInterface, { frame: isAt(peer), count });
    expectThat(packets <= mostPackets, `expected ${mostPackets} packets at most, but there were ${packets}`);
  };
}

/** A packet is sent by way of each `step`-th station; so many of them must be known at least, and so many at most. */
export function sendToStations(count: number, { step = 1, least = 0, most = count } = {}): LinkStep {
  return async ({ subject, networkInterface, outbox, story }) => {
    outbox.expectEmpty();
    const packets = Math.ceil(count / step);
    story.tell("send", `${packets} packets, each via another of ${count} stations`);
    const known = await subject.sendToMany(networkInterface, { packet: packet("a"), count, step });
    const found = `${known} of ${packets} packets went to their station's own card`;
    expectThat(known >= least, `expected that at least ${least} stations are known, but only ${found}`);
    expectThat(known <= most, `expected that at most ${most} stations are known, but ${found}`);
  };
}

/** Sends so many packets by way of one silent neighbour, numbered by their identification. The first one asks. */
export function sendMany(count: number, nextHop: Host): LinkStep {
  return async ({ networkInterface, outbox, story }) => {
    outbox.expectEmpty();
    story.tell("send", `${count} packets via ${nextHop.ip}`);
    // All at once: none of these calls needs another's answer.
    const calls = Array.from({ length: count }, (_, identification) => networkInterface.send(packet("a", { identification }), nextHop.ip));
    const [first = [], ...later] = await Promise.all(calls);
    outbox.put([...first, ...later.flat()]);
  };
}

/** At least one of the packets that `sendMany` sent goes out, at most `most`, in order, each once. */
export function expectSomePackets(most: number): LinkStep {
  return async ({ outbox }) => {
    const numbers = outbox.takeAll().flatMap((action) => (action.kind === "transmit" ? [identificationOf(action.frame.payload)] : []));
    expectThat(numbers.length > 0, "expected some of the packets, but nothing came");
    expectThat(numbers.length <= most, `expected ${most} packets at most, but ${numbers.length} were kept`);
    const inOrder = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
    expectThat(inOrder, "expected the packets in the order in which they were sent, each once");
  };
}

function identificationOf(bytes: Uint8Array): number {
  return Number(dissect(bytes, ipv4Layout).find(({ name }) => name === "identification")?.value ?? -1);
}
