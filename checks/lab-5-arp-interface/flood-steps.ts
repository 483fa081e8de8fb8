import { CheckFailure } from "#checks/harness/check-failure.ts";
import { expectThat } from "#checks/harness/expect.ts";
import { dissect } from "#checks/harness/wire/layout.ts";
import { ipv4Layout } from "#checks/harness/wire/layouts.ts";
import { isAt } from "./frames.ts";
import { type Host, peer } from "./hosts.ts";
import type { LinkStep, LinkWorld } from "./link-steps.ts";
import { packet } from "./packets.ts";

/** An ARP reply comes from each station from number `from` to below `count`. In answer to them all, `mostPackets` packets at most may go out. */
export function hearFromStations(count: number, mostPackets: number, { from = 0 } = {}): LinkStep {
  return async ({ subject, networkInterface, outbox, story }) => {
    outbox.expectEmpty();
    story.tell("recv", `a reply from each of ${count - from} ${from === 0 ? "stations" : "more stations"}`);
    const packets = await subject.hearFromMany(networkInterface, { frame: isAt(peer), from, count });
    expectThat(packets <= mostPackets, `expected ${mostPackets} packets at most, but there were ${packets}`);
  };
}

/** A packet is sent by way of each station; so many of them must be known. */
export function sendToStations(count: number, { least = 0 } = {}): LinkStep {
  return async (world) => {
    const known = await countKnown(world, { count, step: 1 });
    expectThat(
      known >= least,
      `expected that at least ${least} stations are known, but only ${known} of ${count} packets went to their station's own card`,
    );
  };
}

/**
 * More and more stations announce themselves, until the table has clearly forgotten some: the first sizes are for small tables, so that few
 * stations are enough for them. By the last size it must have, and `least` of all that have spoken must be known when it does.
 */
export function floodTable(sizes: readonly number[], { least, most }: { readonly least: number; readonly most: number }): LinkStep {
  return async (world) => {
    let heard = 0;
    for (const count of sizes) {
      await hearFromStations(count, 0, { from: heard })(world);
      heard = count;
      const packets = Math.ceil(count / sampled);
      const known = await countKnown(world, { count, step: sampled });
      expectThat(
        known * sampled >= least,
        `expected that thousands of stations are known, but only ${known} of ${packets} packets went to their station's own card`,
      );
      // A mapping that is forgotten a moment later, to make room, must not decide.
      if (known < packets * 0.95) return;
    }
    throw new CheckFailure(`expected that at most ${most} stations are known at once, but all ${heard} seem to be`);
  };
}

/** Of a flood's stations, each so-manieth is tried. */
const sampled = 60;

async function countKnown(
  { subject, networkInterface, outbox, story }: LinkWorld,
  { count, step }: { readonly count: number; readonly step: number },
): Promise<number> {
  outbox.expectEmpty();
  story.tell("send", `${Math.ceil(count / step)} packets, each via another of ${count} stations`);
  return subject.sendToMany(networkInterface, { packet: packet("a"), count, step });
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

/** Some of the `sent` packets that `sendMany` sent go out, the last one among them: `most` of them at most, in order, each once. */
export function expectSomePackets(sent: number, most: number): LinkStep {
  return async ({ outbox }) => {
    const numbers = outbox.takeAll().flatMap((action) => (action.kind === "transmit" ? [identificationOf(action.frame.payload)] : []));
    expectThat(numbers.length > 0, "expected some of the packets, but nothing came");
    expectThat(numbers.length <= most, `expected ${most} packets at most, but ${numbers.length} were kept`);
    const inOrder = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
    expectThat(inOrder, "expected the packets in the order in which they were sent, each once");
    const newest = (numbers.at(-1) ?? 0) + 1;
    expectThat(newest === sent, `expected that the newest packets are kept, but packet ${newest} of ${sent} was the last to go out`);
  };
}

function identificationOf(bytes: Uint8Array): number {
  return Number(dissect(bytes, ipv4Layout).find(({ name }) => name === "identification")?.value ?? -1);
}
