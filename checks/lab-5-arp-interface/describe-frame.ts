import type { EthernetFrame, Ipv4Packet } from "#contract/lab-1-codec.ts";
import type { InterfaceAction } from "#contract/lab-5-arp-interface.ts";
import type { MacAddress } from "#contract/vocabulary.ts";
import { broadcastMac, ipv4FromBytes, macFromBytes } from "#kit/addresses.ts";
import { toHex } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import { etherTypes } from "./frames.ts";

/** An action in one line, and the line's verb. Throws for what is no action. */
export function describeAction(action: InterfaceAction): readonly [verb: string, words: string] {
  switch (action.kind) {
    case "transmit":
      return ["sent", describeFrame(action.frame)];
    case "deliver":
      return ["delivered", describePacket(action.packet)];
    default:
      throw new TypeError(`${JSON.stringify(action satisfies never)} is no action.`);
  }
}

/** `ARP who-has 10.0.0.9 tell 10.0.0.1 to all`, or `IPv4 10.0.0.1 > 198.51.100.2 "hello" to …:09`. */
export function describeFrame({ destination, source, etherType, payload }: EthernetFrame): string {
  const to = `to ${describeStation(destination)}`;
  switch (etherType) {
    case etherTypes.arp: {
      const { words, sender } = describeArp(payload);
      // The two are the same, but for a message that somebody passed on.
      return sender === undefined || sender === source ? `${words} ${to}` : `${words} ${to} by ${describeStation(source)}`;
    }
    case etherTypes.ipv4:
      return `${describeIpv4(payload)} ${to}`;
    default:
      return `type 0x${etherType.toString(16).padStart(4, "0")}, ${counted(payload.length, "byte")} ${to}`;
  }
}

/** `IPv4 10.0.0.1 > 198.51.100.2 "hello"` */
export function describePacket({ source, destination, payload, fragmentOffset, moreFragments }: Ipv4Packet): string {
  return `IPv4 ${source} > ${destination} ${describeText(payload)}${describeFragment(fragmentOffset, moreFragments)}`;
}

function describeArp(bytes: Uint8Array): { readonly words: string; readonly sender?: string } {
  if (bytes.length < 28) return { words: `ARP, ${counted(bytes.length, "byte")} of 28` };
  const operation = uint16(bytes, 6);
  const [sender, senderIp, targetIp] = [macFromBytes(bytes, 8), ipv4FromBytes(bytes, 14), ipv4FromBytes(bytes, 24)];
  const padding = paddingBehind(28, bytes);
  if (operation === 1) return { words: `ARP who-has ${targetIp} tell ${senderIp}${padding}`, sender };
  if (operation === 2) return { words: `ARP ${senderIp} is-at ${sender}${padding}`, sender };
  return { words: `ARP operation ${operation}${padding}`, sender };
}

function describeIpv4(bytes: Uint8Array): string {
  if (bytes.length > 0 && (bytes[0] ?? 0) >> 4 !== 4) return `type 0x0800 (IPv4), ${counted(bytes.length, "byte")} that are no IPv4 packet`;
  if (bytes.length < 20) return `IPv4, ${counted(bytes.length, "byte")}, cut`;
  const headerEnd = ((bytes[0] ?? 0) & 0x0f) * 4;
  const end = uint16(bytes, 2);
  if (end > bytes.length) return `IPv4, ${counted(bytes.length, "byte")} of ${end}`;
  const words = `IPv4 ${ipv4FromBytes(bytes, 12)} > ${ipv4FromBytes(bytes, 16)} ${describeText(bytes.subarray(headerEnd, end))}`;
  return words + describeFragment((uint16(bytes, 6) & 0x1fff) * 8, (uint16(bytes, 6) & 0x2000) !== 0) + paddingBehind(end, bytes);
}

function describeFragment(offset: number, moreFollow: boolean): string {
  return offset > 0 || moreFollow ? `, fragment at ${offset}` : "";
}

function paddingBehind(end: number, bytes: Uint8Array): string {
  return bytes.length > end ? ` and ${counted(bytes.length - end, "byte")}` : "";
}

/** A word as it is, other bytes in hexadecimal, many by their number. */
function describeText(bytes: Uint8Array): string {
  const isText = bytes.length > 0 && bytes.length <= 24 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (isText) return JSON.stringify(new TextDecoder().decode(bytes));
  return bytes.length > 0 && bytes.length <= 8 ? toHex(bytes).replace(/..(?=.)/g, "$& ") : counted(bytes.length, "byte");
}

/** The cards of the checks differ in their last byte. */
function describeStation(address: MacAddress): string {
  return address === broadcastMac ? "all" : address.replace(/^02:00:00:00:00:/, "…:");
}

function uint16(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) * 256 + (bytes[offset + 1] ?? 0);
}
