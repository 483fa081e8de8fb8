import type { Ipv4Address } from "#contract/vocabulary.ts";
import { ipv4FromNumber, ipv4ToNumber, isIpv4 } from "#kit/addresses.ts";
import { DeviceError } from "./device-error.ts";

/** An address and how many of its leading bits name the network: `13.8.0.1/24`. */
export type AddressWithPrefix<Address = Ipv4Address> = { readonly address: Address; readonly prefixLength: number };

/** Reads `13.8.0.1/24`. Throws a `DeviceError` (`bad-address`) when it is not that. */
export function parseIpv4Network(text: string): AddressWithPrefix {
  const { address = "", prefix } = /^(?<address>[\d.]+)\/(?<prefix>\d{1,2})$/.exec(text)?.groups ?? {};
  if (!isIpv4(address) || prefix === undefined || Number(prefix) > 32)
    throw new DeviceError("bad-address", `"${text}" is not an IPv4 address with a prefix length; write it as 13.8.0.1/24.`);
  return { address, prefixLength: Number(prefix) };
}

/** `255.255.255.0` for 24. */
export function maskOf(prefixLength: number): Ipv4Address {
  return ipv4FromNumber(prefixLength === 0 ? 0 : (0xffff_ffff << (32 - prefixLength)) >>> 0);
}

/** 24 for `255.255.255.0`. */
export function prefixLengthOf(mask: Ipv4Address): number {
  return Math.clz32(~ipv4ToNumber(mask));
}
