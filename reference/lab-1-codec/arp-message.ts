import type { Lab1 } from "#contract/lab-1-codec.ts";
// BEGIN SOLUTION silent
import type { Parsed, WireError } from "#contract/vocabulary.ts";
import { ipv4FromBytes, ipv4ToBytes, macFromBytes, macToBytes } from "#kit/addresses.ts";

// END SOLUTION
// STUB: import { notImplemented } from "#kit/not-implemented.ts";

// BEGIN SOLUTION silent
/** The part that says which kinds of address follow. Until it is checked, nobody knows how long the rest is. */
const fixedLength = 8;

/** Of a whole message about IPv4 addresses over Ethernet. */
const messageLength = 28;

/** Hardware type 1 (Ethernet), protocol type 0x0800 (IPv4), their addresses 6 and 4 bytes long. */
const ipv4OverEthernet = [0x00, 0x01, 0x08, 0x00, 6, 4];

const operationNumbers = { request: 1, reply: 2 } as const;

/** Where each field ends, in bytes from the start. */
const fieldEnds = [
  ["hardwareType", 2],
  ["protocolType", 4],
  ["hardwareLength", 5],
  ["protocolLength", 6],
  ["operation", fixedLength],
  ["senderMac", 14],
  ["senderIp", 18],
  ["targetMac", 24],
  ["targetIp", messageLength],
] as const;

function refuse(reason: WireError["reason"], field: string): Parsed<never> {
  return { ok: false, error: { reason, field } };
}

function truncatedAt(length: number): Parsed<never> {
  return refuse("truncated", fieldEnds.find(([, end]) => end > length)![0]);
}

// END SOLUTION
/**
 * An ARP message (RFC 826) for IPv4 addresses over Ethernet: "who has 10.0.0.9? tell 10.0.0.1", or the answer. 28 bytes, all big-endian.
 *
 *     offset 0   hardwareType     2   1, Ethernet         offset 8    senderMac   6
 *     offset 2   protocolType     2   0x0800, IPv4        offset 14   senderIp    4
 *     offset 4   hardwareLength   1   6                   offset 18   targetMac   6
 *     offset 5   protocolLength   1   4                   offset 24   targetIp    4
 *     offset 6   operation        2   1 request, 2 reply
 *
 * The format is made for any hardware and any protocol: the first 8 bytes say which, and how long the addresses are.
 *
 * Handout: docs/lab-1-codec.md#arp-message
 */
export const arpMessage: Lab1["arpMessage"] = {
  /**
   * Your task: fewer than 8 bytes are `truncated`. Then check, in this order, `hardwareType` and `protocolType` (`unsupported`),
   * `hardwareLength` and `protocolLength` (`bad-length`), `operation` (`unsupported`). Only then: fewer than 28 bytes are `truncated`.
   * What stands behind byte 28 is padding of the link: ignore it.
   */
  parse: (bytes) => {
    // BEGIN SOLUTION
    if (bytes.length < fixedLength) return truncatedAt(bytes.length);
    const word = (offset: number) => (bytes[offset]! << 8) | bytes[offset + 1]!;
    if (word(0) !== 1) return refuse("unsupported", "hardwareType");
    if (word(2) !== 0x0800) return refuse("unsupported", "protocolType");
    if (bytes[4] !== 6) return refuse("bad-length", "hardwareLength");
    if (bytes[5] !== 4) return refuse("bad-length", "protocolLength");
    const operation = word(6);
    if (operation !== operationNumbers.request && operation !== operationNumbers.reply) return refuse("unsupported", "operation");
    if (bytes.length < messageLength) return truncatedAt(bytes.length);
    return {
      ok: true,
      value: {
        operation: operation === operationNumbers.request ? "request" : "reply",
        senderMac: macFromBytes(bytes, 8),
        senderIp: ipv4FromBytes(bytes, 14),
        targetMac: macFromBytes(bytes, 18),
        targetIp: ipv4FromBytes(bytes, 24),
      },
    };
    // END SOLUTION
    // STUB: return notImplemented("lab-1 ARP message: parse", "docs/lab-1-codec.md#arp-message");
  },

  /** Your task: exactly 28 bytes. Padding is added by whoever needs it, not here. */
  serialize: (message) => {
    // BEGIN SOLUTION
    const bytes = new Uint8Array(messageLength);
    bytes.set(ipv4OverEthernet, 0);
    bytes[7] = operationNumbers[message.operation];
    bytes.set(macToBytes(message.senderMac), 8);
    bytes.set(ipv4ToBytes(message.senderIp), 14);
    bytes.set(macToBytes(message.targetMac), 18);
    bytes.set(ipv4ToBytes(message.targetIp), 24);
    return bytes;
    // END SOLUTION
    // STUB: return notImplemented("lab-1 ARP message: serialize", "docs/lab-1-codec.md#arp-message");
  },
};
