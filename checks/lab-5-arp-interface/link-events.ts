import type { Arbitrary } from "fast-check";
import type { EthernetFrame } from "#contract/lab-1-codec.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { broadcastMac } from "#kit/addresses.ts";
import { announcement, carries, isAt, whoHas } from "./frames.ts";
import { card, type Host, host, nobody, other, us } from "./hosts.ts";
import {
  expectDelivery,
  expectNothing,
  expectPacket,
  expectQuestion,
  expectReplyAmongPackets,
  type LinkStep,
  receive,
  send,
  steps,
  tick,
} from "./link-steps.ts";
import type { NaiveInterface } from "./naive-interface.ts";
import { packet } from "./packets.ts";

/** What happens to an interface. Neighbours are named by the last number of their address, and have two cards each. */
export type LinkEvent =
  | { readonly kind: "send"; readonly neighbour: number }
  | {
      readonly kind: "arp";
      readonly neighbour: number;
      readonly card: 0 | 1;
      readonly says: "who has us" | "who has nobody" | "announcement" | "is at";
      readonly to: "us" | "all" | "other";
    }
  | { readonly kind: "ipv4"; readonly neighbour: number }
  | { readonly kind: "tick"; readonly elapsed: Millis };

export function anyLinkEvent(fc: typeof import("fast-check")): Arbitrary<LinkEvent> {
  const neighbour = fc.integer({ min: 2, max: 4 });
  const elapsed = fc.constantFrom(1, 1000, 4000, 4999, 5000, 24_999, 25_000, 29_999, 30_000);
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("send" as const), neighbour }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("arp" as const),
        neighbour,
        card: fc.constantFrom(0 as const, 1 as const),
        says: fc.constantFrom("who has us" as const, "who has nobody" as const, "announcement" as const, "is at" as const),
        to: fc.constantFrom("us" as const, "all" as const, "other" as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("ipv4" as const), neighbour }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("tick" as const), elapsed }) },
  );
}

/** More packets than this do not wait for one neighbour: an interface may bound its queues. */
const mostWaiting = 8;

/** The event as steps: what is done, and what the naive interface says must come of it. */
export function playEvent(event: LinkEvent, model: NaiveInterface, word: string): LinkStep {
  switch (event.kind) {
    case "send": {
      const nextHop = host(event.neighbour);
      if (model.waiting(nextHop.ip) >= mostWaiting) return steps();
      const outcome = model.send(word, nextHop.ip);
      if (outcome === "waits") return steps(send(word, nextHop), expectNothing());
      if (outcome === "asks") return steps(send(word, nextHop), expectQuestion(nextHop));
      return steps(send(word, nextHop), expectPacket(word, { ip: nextHop.ip, mac: outcome.to }));
    }
    case "arp": {
      const sender: Host = { ip: host(event.neighbour).ip, mac: card(event.neighbour + 16 * event.card) };
      const to = { us: us.mac, all: broadcastMac, other: other.mac }[event.to];
      const frame = { ...messageOf(event.says, sender), destination: to };
      if (event.to === "other") return steps(receive(frame), expectNothing());
      const words = model.hear(sender.ip, sender.mac);
      if (event.says === "who has us") return steps(receive(frame), expectReplyAmongPackets(sender, words));
      return steps(receive(frame), ...words.map((sent) => expectPacket(sent, sender)), expectNothing());
    }
    case "ipv4": {
      const { ip, mac } = host(event.neighbour);
      const value = packet(word, { source: ip, destination: us.ip });
      return steps(receive(carries(value, { by: mac })), expectDelivery(value));
    }
    case "tick":
      model.tick(event.elapsed);
      return tick(event.elapsed);
    default:
      return event satisfies never;
  }
}

function messageOf(says: (LinkEvent & { readonly kind: "arp" })["says"], sender: Host): EthernetFrame {
  switch (says) {
    case "who has us":
      return whoHas(us.ip, sender);
    case "who has nobody":
      return whoHas(nobody, sender);
    case "announcement":
      return announcement(sender);
    case "is at":
      return isAt(sender);
    default:
      return says satisfies never;
  }
}
