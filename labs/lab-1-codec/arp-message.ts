import type { Lab1 } from "#contract/lab-1-codec.ts";
import { notImplemented } from "#kit/not-implemented.ts";

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
    // Your code here.
    return notImplemented("lab-1 ARP message: parse", "docs/lab-1-codec.md#arp-message");
  },

  /** Your task: exactly 28 bytes. Padding is added by whoever needs it, not here. */
  serialize: (message) => {
    // Your code here.
    return notImplemented("lab-1 ARP message: serialize", "docs/lab-1-codec.md#arp-message");
  },
};
