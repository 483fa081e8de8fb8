import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { AddressGrant } from "#contract/lab-1-codec.ts";
import type { Ipv4Address } from "#contract/vocabulary.ts";
import { parseEndpoint } from "#devices/endpoint.ts";
import { maskOf, parseIpv4Network } from "#devices/ipv4-network.ts";
import { ipv4FromNumber, ipv4ToNumber, isIpv4 } from "#kit/addresses.ts";
import { userFolder } from "#launch/root.mjs";
import { didYouMean } from "./near-names.ts";
import { UsageError } from "./usage-error.ts";

/**
 * How the text of an option becomes its value. Each throws a `UsageError` whose sentence begins with `label`: `--mtu`, or `mtu in server.json`.
 */
type ReadValue<Value> = (text: string, label: string) => Value;

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): ReadValue<Word> {
  return (text, label) => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new UsageError(`${label}: "${text}" is not one of ${words.join(", ")}.${didYouMean(text, words)}`);
    return word;
  };
}

/** A whole number within bounds, both included. `why` explains the bounds. */
export function wholeNumber(least: number, most: number, why: string): ReadValue<number> {
  return (text, label) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new UsageError(`${label}: "${text}" is not a whole number from ${least} to ${most} (${why}).`);
    return value;
  };
}

/** `[::]:5678`. */
export const endpoint: ReadValue<string> = (text, label) => {
  try {
    parseEndpoint(text);
    return text;
  } catch (error) {
    throw new UsageError(`${label} ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** The network that addresses are lent from. */
export type PoolNetwork = {
  /** `13.8.0.0/24` */
  readonly cidr: string;
  readonly prefixLength: number;
  /** The network's first address, which is the server's own: 13.8.0.1. */
  readonly serverAddress: Ipv4Address;
};

/** `13.8.0.0/24`: the network of the address pool. */
export const poolNetwork: ReadValue<PoolNetwork> = (text, label) => {
  const { number, ...network } = networkIn(text, label, { example: "13.8.0.0/24", needs: "server and client" });
  return { ...network, serverAddress: ipv4FromNumber(number + 1) };
};

/** The network of the Ethernet link between the kernel and lab 5's interface, which have its first two addresses. */
export type LinkNetwork = {
  /** `10.4.6.0/30` */
  readonly cidr: string;
  readonly prefixLength: number;
  readonly kernelAddress: Ipv4Address;
  readonly interfaceAddress: Ipv4Address;
};

/** `10.4.6.0/30`: the network of the Ethernet link. */
export const linkNetwork: ReadValue<LinkNetwork> = (text, label) => {
  const { number, ...network } = networkIn(text, label, { example: "10.4.6.0/30", needs: "kernel and interface" });
  return { ...network, kernelAddress: ipv4FromNumber(number + 1), interfaceAddress: ipv4FromNumber(number + 2) };
};

/** Whether two networks have addresses in common. */
export function overlap(a: { readonly cidr: string }, b: { readonly cidr: string }): boolean {
  const [first, second] = [parseIpv4Network(a.cidr), parseIpv4Network(b.cidr)];
  const mask = ipv4ToNumber(maskOf(Math.min(first.prefixLength, second.prefixLength)));
  return (ipv4ToNumber(first.address) & mask) === (ipv4ToNumber(second.address) & mask);
}

/** `needs`: the two that need an address each. */
function networkIn(text: string, label: string, { example, needs }: { readonly example: string; readonly needs: string }) {
  const { address, prefixLength } = addressAndLength(text, label, example);
  if (prefixLength > 30)
    throw new UsageError(`${label}: ${text} is too small, since ${needs} need an address each; take a prefix length of 8 to 30.`);
  if (prefixLength < 8) throw new UsageError(`${label}: ${text} is too large; take a prefix length of 8 to 30.`);
  const number = (ipv4ToNumber(address) & ipv4ToNumber(maskOf(prefixLength))) >>> 0;
  const cidr = `${ipv4FromNumber(number)}/${prefixLength}`;
  if (cidr !== text) throw new UsageError(`${label}: ${text} has host bits set; the network is ${cidr}.`);
  return { cidr, prefixLength, number };
}

function addressAndLength(text: string, label: string, example: string) {
  try {
    return parseIpv4Network(text);
  } catch {
    throw new UsageError(`${label}: "${text}" is not a network; write it as ${example}.`);
  }
}

/** The name of a TUN or TAP device, of letters that mean nothing special to nft and iptables (where `tun*` and `tun+` are patterns). */
export const deviceName: ReadValue<string> = (text, label) => {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/.test(text))
    throw new UsageError(`${label}: "${text}" cannot name a device; take 1 to 15 letters, digits, "-", "_" or ".", such as 4over6.`);
  return text;
};

/** `auto`, or one to three addresses: fewer than three are repeated. */
export const dnsServers: ReadValue<"auto" | AddressGrant["dns"]> = (text, label) => {
  if (text === "auto") return "auto";
  const addresses = text.split(",").map((address) => address.trim());
  const wrong = addresses.find((address) => !isIpv4(address));
  if (wrong !== undefined)
    throw new UsageError(`${label}: "${wrong}" is not an IPv4 address; write auto, or one to three such as 8.8.8.8,1.1.1.1.`);
  if (addresses.length > 3) throw new UsageError(`${label}: a client is told three DNS servers, and these are ${addresses.length}.`);
  return fillUp(addresses as Ipv4Address[]);
};

/** A grant carries three DNS servers, always: fewer are repeated from the start. */
export function fillUp([first, second, third]: readonly Ipv4Address[]): AddressGrant["dns"] {
  if (first === undefined) throw new RangeError("There is no DNS server to repeat.");
  return [first, second ?? first, third ?? first];
}

/** A file that can be made: its folder is there. Relative to where the user stands. */
export const fileToMake: ReadValue<string> = (text, label) => {
  const path = resolve(userFolder, text);
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`${label}: there is no folder ${dirname(path)} for ${text}; make it first.`);
  return path;
};
