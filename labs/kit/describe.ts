import type { AddressGrant, ArpMessage, EthernetFrame, Ipv4Packet, Message } from "#contract/lab-1-codec.ts";
import { counted } from "./counted.ts";

/** The names that IP protocol numbers go by (IANA), as far as the labs meet them. */
const protocolNames: Readonly<Record<number, string>> = { 1: "ICMP", 2: "IGMP", 6: "TCP", 17: "UDP" };

/** The names that EtherTypes go by (IEEE), as far as the labs meet them. */
const etherTypeNames: Readonly<Record<number, string>> = { 0x0800: "IPv4", 0x0806: "ARP", 0x86dd: "IPv6" };

/** `IPv4 13.8.0.2 > 198.51.100.2  UDP  ttl 64  33 bytes`, and what is unusual about it. */
export function describeIpv4(packet: Ipv4Packet): string {
  const protocol = protocolNames[packet.protocol] ?? `protocol ${packet.protocol}`;
  const length = 20 + packet.options.length + packet.payload.length;
  const words = [`IPv4 ${packet.source} > ${packet.destination}`, protocol, `ttl ${packet.timeToLive}`, counted(length, "byte")];
  if (packet.moreFragments || packet.fragmentOffset > 0)
    words.push(`fragment at ${packet.fragmentOffset}${packet.moreFragments ? ", more follow" : ", the last"}`);
  if (packet.options.length > 0) words.push(`${counted(packet.options.length, "byte")} of options`);
  return words.join("  ");
}

/** `ARP who-has 10.0.0.9 tell 10.0.0.1`, or `ARP 10.0.0.9 is-at 02:00:00:00:00:09`. */
export function describeArp(message: ArpMessage): string {
  return message.operation === "request"
    ? `ARP who-has ${message.targetIp} tell ${message.senderIp}`
    : `ARP ${message.senderIp} is-at ${message.senderMac}`;
}

/** `Ethernet 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff  ARP  28 bytes` */
export function describeEthernet(frame: EthernetFrame): string {
  const type = etherTypeNames[frame.etherType] ?? `type 0x${frame.etherType.toString(16).padStart(4, "0")}`;
  return `Ethernet ${frame.source} > ${frame.destination}  ${type}  ${counted(frame.payload.length, "byte")}`;
}

/** `102 internet-request  84 bytes of packet`; a message with its number. */
export function describeMessage(message: Message): string {
  switch (message.type) {
    case "ip-request":
      return "100 ip-request";
    case "ip-response":
      return `101 ip-response  ${JSON.stringify(new TextDecoder("latin1").decode(message.data))}`;
    case "internet-request":
      return `102 internet-request  ${counted(message.packet.length, "byte")} of packet`;
    case "internet-response":
      return `103 internet-response  ${counted(message.packet.length, "byte")} of packet`;
    case "heartbeat":
      return "104 heartbeat";
    default:
      return message satisfies never;
  }
}

/** `13.8.0.2 route 0.0.0.0 dns 8.8.8.8, 8.8.4.4, 1.1.1.1` */
export function describeGrant(grant: AddressGrant): string {
  return `${grant.address} route ${grant.route} dns ${grant.dns.join(", ")}`;
}
