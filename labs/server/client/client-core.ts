import type { AddressGrant, DecoderEvent, Message, MessageDecoder } from "#contract/lab-1-codec.ts";
import type { Heartbeat } from "#contract/lab-3-heartbeat.ts";
import type { Ipv4Address, Millis } from "#contract/vocabulary.ts";
import { ipv4FromBytes } from "#kit/addresses.ts";
import { addressGrant } from "#lab-1/address-grant.ts";
import { createHeartbeat } from "#lab-3/heartbeat.ts";
import { messageHeader } from "../protocol-limits.ts";

/** Of the IPv4 header, in bytes. */
const shortestHeader = 20;
const destinationOffset = 16;

/** Why the client gives up. */
export type GiveUpReason =
  /** Nothing that is an answer came in time. */
  | "no-answer"
  /** The connection ended before an answer. */
  | "closed-unanswered"
  /** The first message is no 101, or its text is no grant. */
  | "no-grant"
  /** Framing is lost. */
  | "bad-message"
  /** The connection ended after the grant. */
  | "server-closed"
  /** No 104 came for too long. */
  | "server-silent";

type DropReason = "no-address" | "not-ipv4" | "too-long" | "wrong-direction" | "wrong-destination" | "unknown-type" | "second-grant";

/** What the core asks the shell to do, in this order. */
export type ClientAction =
  | { readonly kind: "send"; readonly message: Message }
  /** An address is lent: set the device up. Once. */
  | { readonly kind: "use-grant"; readonly grant: AddressGrant }
  | { readonly kind: "write-tun"; readonly packet: Uint8Array }
  | { readonly kind: "drop"; readonly reason: DropReason }
  /** The end: after it every call gives `[]`. */
  | { readonly kind: "give-up"; readonly reason: GiveUpReason };

/** The client without its socket, its device and its clock: calls go in, actions come out. docs/protocol.md#the-client */
export type ClientCore = {
  /** The connection is made. */
  readonly connected: () => readonly ClientAction[];
  readonly receive: (chunk: Uint8Array) => readonly ClientAction[];
  readonly receiveFromTun: (packet: Uint8Array) => readonly ClientAction[];
  readonly tick: (elapsed: Millis) => readonly ClientAction[];
  /** The connection has ended. */
  readonly disconnected: () => readonly ClientAction[];
};

type ClientTiming = {
  /** How long the server may take to answer the address request. */
  readonly answerWithin: Millis;
  readonly sendEvery: Millis;
  readonly deadAfter: Millis;
};

export type ClientConfig = {
  readonly decoder: MessageDecoder;
  readonly timing: ClientTiming;
  /** The longest whole message that may be sent, in bytes. */
  readonly maxLength: number;
};

export function createClientCore({ decoder, timing, maxLength }: ClientConfig): ClientCore {
  let waited: Millis = 0;
  let heartbeat: Heartbeat | undefined;
  let lent: Ipv4Address | undefined;
  let over = false;

  const giveUp = (reason: GiveUpReason): ClientAction => {
    over = true;
    return { kind: "give-up", reason };
  };

  /** Before the grant. A 104 does no harm; anything else shows that the other side means something else. */
  const answerFrom = (event: Extract<DecoderEvent, { kind: "message" | "ignored" }>): ClientAction | undefined => {
    if (event.kind === "message" && event.message.type === "heartbeat") return undefined;
    if (event.kind !== "message" || event.message.type !== "ip-response") return giveUp("no-grant");
    const grant = addressGrant.parse(event.message.data);
    if (!grant.ok) return giveUp("no-grant");
    lent = grant.value.address;
    heartbeat = createHeartbeat({ sendEvery: timing.sendEvery, deadAfter: timing.deadAfter });
    return { kind: "use-grant", grant: grant.value };
  };

  /** A host that forwards would pass on what is for others: a server could reach the networks that this host is connected to. */
  const take = (packet: Uint8Array): ClientAction => {
    if (!isIpv4(packet)) return { kind: "drop", reason: "not-ipv4" };
    const isForUs = packet.length >= shortestHeader && ipv4FromBytes(packet, destinationOffset) === lent;
    return isForUs ? { kind: "write-tun", packet } : { kind: "drop", reason: "wrong-destination" };
  };

  const act = (event: DecoderEvent): ClientAction | undefined => {
    if (event.kind === "error") return giveUp("bad-message");
    if (heartbeat === undefined) return answerFrom(event);
    if (event.kind === "ignored") return { kind: "drop", reason: "unknown-type" };
    switch (event.message.type) {
      case "internet-response":
        return take(event.message.packet);
      case "heartbeat":
        heartbeat.heard();
        return undefined;
      case "ip-response":
        return { kind: "drop", reason: "second-grant" };
      case "ip-request":
      case "internet-request":
        return { kind: "drop", reason: "wrong-direction" };
      default:
        return event.message satisfies never;
    }
  };

  return {
    connected: () => [{ kind: "send", message: { type: "ip-request" } }],

    receive: (chunk) => {
      if (over) return [];
      const actions: ClientAction[] = [];
      for (const event of decoder.receive(chunk)) {
        const action = act(event);
        if (action) actions.push(action);
        if (over) break;
      }
      return actions;
    },

    receiveFromTun: (packet) => {
      if (over) return [];
      if (heartbeat === undefined) return [{ kind: "drop", reason: "no-address" }];
      // The kernel sends IPv6 into every TUN, as soon as that is up.
      if (!isIpv4(packet)) return [{ kind: "drop", reason: "not-ipv4" }];
      if (messageHeader + packet.length > maxLength) return [{ kind: "drop", reason: "too-long" }];
      return [{ kind: "send", message: { type: "internet-request", packet } }];
    },

    tick: (elapsed) => {
      if (over) return [];
      if (heartbeat === undefined) {
        waited += elapsed;
        return waited >= timing.answerWithin ? [giveUp("no-answer")] : [];
      }
      return heartbeat
        .tick(elapsed)
        .map((action) => (action.kind === "peer-dead" ? giveUp("server-silent") : { kind: "send", message: { type: "heartbeat" } }));
    },

    disconnected: () => (over ? [] : [giveUp(heartbeat === undefined ? "closed-unanswered" : "server-closed")]),
  };
}

function isIpv4(packet: Uint8Array): boolean {
  return packet[0] !== undefined && packet[0] >> 4 === 4;
}
