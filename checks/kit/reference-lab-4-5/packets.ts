import type { Ipv4Packet, Message } from "#contract/lab-1-codec.ts";
import { ipv4 } from "#kit/addresses.ts";
import { ipv4Packet } from "#lab-1/ipv4-packet.ts";
import { encodeMessage } from "#lab-1/message.ts";

/** A UDP-like packet; `text` is its payload. */
export function packetOf(source: string, destination: string, text = "hello"): Ipv4Packet {
  return {
    typeOfService: 0,
    identification: 1,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
    timeToLive: 64,
    protocol: 17,
    source: ipv4(source),
    destination: ipv4(destination),
    options: new Uint8Array(0),
    payload: new TextEncoder().encode(text),
  };
}

export function packetBytes(source: string, destination: string, text?: string): Uint8Array {
  return ipv4Packet.serialize(packetOf(source, destination, text));
}

/** Messages back to back, as TCP brings them. */
export function stream(...messages: readonly Message[]): Uint8Array {
  return Uint8Array.from(messages.flatMap((message) => [...encodeMessage(message)]));
}
