import { readFileSync } from "node:fs";
import type { AddressGrant } from "#contract/lab-1-codec.ts";
import { ipv4, isIpv4 } from "#kit/addresses.ts";
import { fillUp } from "../option-values.ts";

const resolverFile = "/etc/resolv.conf";
/** systemd-resolved keeps the real servers here; /etc/resolv.conf names its stub, 127.0.0.53. */
const resolvedFile = "/run/systemd/resolve/resolv.conf";

/** Public resolvers, for a host that has none that a client could ask. */
const fallback = ["8.8.8.8", "1.1.1.1", "9.9.9.9"].map(ipv4);

export type FoundDns = {
  readonly servers: AddressGrant["dns"];
  /** Where they come from, in words. */
  readonly note: string;
};

/**
 * The DNS servers that clients are told: those that this host asks. Addresses of the host itself (127.0.0.0/8) are no use to them. Fewer than
 * three are repeated. docs/protocol.md#dns
 *
 * @param read gives a file's text, or `undefined` when it cannot be read
 */
export function findDnsServers(read = readText): FoundDns {
  const listed = nameservers(read(resolverFile));
  const usable = listed.filter(isReachable);
  if (usable.length > 0) return { servers: fillUp(usable), note: `from ${resolverFile}` };
  const real = listed.length > 0 ? nameservers(read(resolvedFile)).filter(isReachable) : [];
  if (real.length > 0) return { servers: fillUp(real), note: `from ${resolvedFile}, since ${resolverFile} names a stub on this host only` };
  const why = listed.length > 0 ? `names only ${listed.join(", ")}, which clients cannot reach` : "names no IPv4 server";
  return { servers: fillUp(fallback), note: `public servers, since ${resolverFile} ${why}; --dns A,B,C sets others` };
}

/** The IPv4 addresses of the `nameserver` lines (resolv.conf(5)): a comment begins with # or ;, and whatever follows the address does not count. */
function nameservers(text: string | undefined) {
  return (text ?? "")
    .split("\n")
    .map((line) => /^nameserver\s+([^\s#;]+)/.exec(line)?.[1] ?? "")
    .filter(isIpv4);
}

function isReachable(address: string): boolean {
  return !address.startsWith("127.") && address !== "0.0.0.0";
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
