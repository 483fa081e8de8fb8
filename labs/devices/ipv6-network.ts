import { isIPv4, isIPv6, SocketAddress } from "node:net";
import { DeviceError } from "./device-error.ts";
import type { AddressWithPrefix } from "./ipv4-network.ts";

/** Reads `fd46::1/64`. Throws a `DeviceError` (`bad-address`) when it is not that. */
export function parseIpv6Network(text: string): AddressWithPrefix<string> {
  const { address = "", prefix } = /^(?<address>[^/%]+)\/(?<prefix>\d{1,3})$/.exec(text)?.groups ?? {};
  if (!isIPv6(address) || prefix === undefined || Number(prefix) > 128)
    throw new DeviceError("bad-address", `"${text}" is not an IPv6 address with a prefix length; write it as fd46::1/64.`);
  return { address, prefixLength: Number(prefix) };
}

/** An IPv6 address, without zone, as sixteen bytes. */
export function ipv6ToBytes(address: string): Uint8Array {
  const [front = [], back = []] = address.split("::").map(groupsOf);
  const groups = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0), ...back];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** Sixteen bytes as an IPv6 address, the way RFC 5952 writes it. */
export function ipv6FromBytes(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16));
  return new SocketAddress({ address: groups.join(":"), family: "ipv6" }).address;
}

/** The 16-bit groups of one side of `::`; the last 32 bits may be written as an IPv4 address. */
function groupsOf(text: string): number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!isIPv4(group)) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}
