import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";
import { ipv4ToBytes, macFromBytes } from "#kit/addresses.ts";

/**
 * The MAC address of the server's interface: locally administered, and easy to find in a recording. 02:00, then the IP address: `10.4.6.2` has
 * `02:00:0a:04:06:02`.
 */
export function interfaceMac(ip: Ipv4Address): MacAddress {
  return macFromBytes(Uint8Array.of(2, 0, ...ipv4ToBytes(ip)));
}
