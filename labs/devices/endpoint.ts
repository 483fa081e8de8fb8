import { isIPv4, isIPv6 } from "node:net";
import { DeviceError } from "./device-error.ts";

/** Where a TCP server listens: an IPv6 address and a port. */
export type Endpoint = {
  /** `::1`, without brackets. A zone may follow: `fe80::1%eth0`. */
  readonly host: string;
  /** 0 to 65535. 0 lets the system choose when it listens. */
  readonly port: number;
};

/**
 * Reads `[::1]:5678`, the way RFC 3986 section 3.2.2 writes an IPv6 address with a port.
 * Throws a `DeviceError` (`bad-address`) for anything else; its sentence names the commonest slips.
 */
export function parseEndpoint(text: string): Endpoint {
  const { host, port } = /^\[(?<host>[^\]]*)\]:(?<port>\d{1,5})$/.exec(text)?.groups ?? {};
  if (host === undefined || port === undefined) throw badAddress(text, slip(text));
  if (!isIPv6(host)) throw badAddress(text, `${host === "" ? "nothing" : host} is not an IPv6 address`);
  if (Number(port) > 65535) throw badAddress(text, "a port is at most 65535");
  return { host, port: Number(port) };
}

/** The opposite of `parseEndpoint`. */
export function formatEndpoint({ host, port }: Endpoint): string {
  return `[${host}]:${port}`;
}

function slip(text: string): string {
  const bare = text.replace(/^\[|\]$/g, "");
  const host = text.replace(/:[^:]*$/, "");
  if (isIPv4(host) || isIPv4(text)) return "the tunnel runs over IPv6, and this is an IPv4 address";
  if (isIPv6(bare) && text.startsWith("[")) return "the port is missing";
  if (isIPv6(bare)) return "an IPv6 address stands in brackets";
  return "that is not an IPv6 address with a port";
}

function badAddress(text: string, why: string): DeviceError {
  return new DeviceError("bad-address", `"${text}": ${why}; write it as [::1]:5678, or [::]:5678 for every address of this host.`);
}
