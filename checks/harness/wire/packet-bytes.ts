import type { ArpMessage, Ipv4Packet } from "#contract/lab-1-codec.ts";
import type { MacAddress } from "#contract/vocabulary.ts";
import { ipv4ToNumber, macToBytes } from "#kit/addresses.ts";
import { toHex } from "#kit/bytes.ts";
import { assemble, checksumByDivision } from "./assemble.ts";
import { arpLayout, ipv4Layout } from "./layouts.ts";

/**
 * The packet's bytes, written by the layout of RFC 791.
 *
 * @param lies header fields that shall say something else; the checksum is right all the same, unless it is one of them
 */
export function packetBytes(value: Ipv4Packet, lies: Readonly<Record<string, number>> = {}): Uint8Array {
  const fields = {
    version: 4,
    headerLength: 5 + value.options.length / 4,
    typeOfService: value.typeOfService,
    totalLength: 20 + value.options.length + value.payload.length,
    identification: value.identification,
    flags: (value.dontFragment ? 2 : 0) + (value.moreFragments ? 1 : 0),
    fragmentOffset: value.fragmentOffset / 8,
    timeToLive: value.timeToLive,
    protocol: value.protocol,
    headerChecksum: 0,
    source: ipv4ToNumber(value.source),
    destination: ipv4ToNumber(value.destination),
    ...lies,
  };
  const headerChecksum = lies["headerChecksum"] ?? checksumByDivision(assemble(ipv4Layout, fields, value.options));
  return assemble(ipv4Layout, { ...fields, headerChecksum }, value.options, value.payload);
}

/** The message's 28 bytes, written by the layout of RFC 826. */
export function arpBytes(message: ArpMessage): Uint8Array {
  return assemble(arpLayout, {
    hardwareType: 1,
    protocolType: 0x0800,
    hardwareLength: 6,
    protocolLength: 4,
    operation: message.operation === "request" ? 1 : 2,
    senderMac: macNumber(message.senderMac),
    senderIp: ipv4ToNumber(message.senderIp),
    targetMac: macNumber(message.targetMac),
    targetIp: ipv4ToNumber(message.targetIp),
  });
}

function macNumber(address: MacAddress): bigint {
  return BigInt(`0x${toHex(macToBytes(address))}`);
}
