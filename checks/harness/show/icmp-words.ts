/** What an ICMP message says (RFC 792): `echo request 1`, `host unreachable`. */
export function icmpWords(bytes: Uint8Array): string {
  const [type = 0, code = 0] = bytes;
  if (type === 8 || type === 0) return `echo ${type === 8 ? "request" : "reply"} ${(bytes[6] ?? 0) * 256 + (bytes[7] ?? 0)}`;
  if (type === 3) return `${unreachable[code] ?? "destination"} unreachable`;
  return types[type] ?? `type ${type}`;
}

const types: Readonly<Record<number, string>> = { 5: "redirect", 11: "time exceeded", 12: "parameter problem" };
const unreachable: Readonly<Record<number, string>> = { 0: "network", 1: "host", 2: "protocol", 3: "port" };

/** What an ICMPv6 message says (RFC 4443, RFC 4861). */
export function icmpv6Words([type = 0]: Uint8Array): string {
  return typesOfVersion6[type] ?? `type ${type}`;
}

const typesOfVersion6: Readonly<Record<number, string>> = {
  1: "unreachable",
  2: "packet too big",
  3: "time exceeded",
  128: "echo request",
  129: "echo reply",
  133: "router solicitation",
  134: "router advertisement",
  135: "neighbour solicitation",
  136: "neighbour advertisement",
  143: "multicast listener report",
};
