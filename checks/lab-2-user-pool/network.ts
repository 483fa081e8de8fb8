import type { Ipv4Address } from "#contract/vocabulary.ts";
import { ipv4, ipv4FromNumber, ipv4ToNumber } from "#kit/addresses.ts";

/** A network as the checks write it: the text for the pool, and what it means. */
export type Network = {
  readonly cidr: string;
  readonly reserved: readonly Ipv4Address[];
  /** The network address, as a number. */
  readonly first: number;
  /** How many addresses there are, with the two that are never lent. */
  readonly size: number;
};

/** @param cidr a right one, as `13.8.0.0/24` */
export function network(cidr: string, reserved: readonly string[] = []): Network {
  const [address = "", prefixLength] = cidr.split("/");
  return { cidr, reserved: reserved.map(ipv4), first: ipv4ToNumber(ipv4(address)), size: 2 ** (32 - Number(prefixLength)) };
}

/** The address at this place of the network. The places -1 and `size` are the ones beside it. */
export function addressAt({ first }: Network, place: number): Ipv4Address {
  return ipv4FromNumber(first + place);
}

/** The address's place in the network, or `undefined` for what is none of its addresses. */
export function placeOf({ first, size }: Network, address: unknown): number | undefined {
  const match = typeof address === "string" ? /^\d{1,3}(?:\.\d{1,3}){3}$/.exec(address) : null;
  if (match === null) return undefined;
  const place = ipv4ToNumber(match[0] as Ipv4Address) - first;
  return place >= 0 && place < size ? place : undefined;
}

/** The addresses that a pool of this network lends, in ascending order: gone through one by one. */
export function hostsOf(network: Network): readonly Ipv4Address[] {
  const places = Array.from({ length: network.size }, (_, place) => place);
  return places
    .slice(1, -1)
    .map((place) => addressAt(network, place))
    .filter((address) => !network.reserved.includes(address));
}
