import type { Ipv4Address, Millis } from "#contract/vocabulary.ts";
import { maskOf, parseIpv4Network } from "#devices/ipv4-network.ts";
import { ipv4FromNumber, ipv4ToNumber, isIpv4 } from "#kit/addresses.ts";
import { readCommandLine } from "./command-line.ts";
import { type LogLevel, logLevels } from "./log.ts";
import { deviceName, endpoint, fileToMake, oneOf, wholeNumber } from "./option-values.ts";
import { UsageError } from "./usage-error.ts";

export const clientHelp = `npm run client -- --server '[::1]:5678' [options]

The 4over6 client: borrows an IPv4 address from a server over IPv6, and sends this host's IPv4 packets through it.

  --server ADDRESS     where the server listens; must be given
  --link KIND          tun: a network device of Linux (needs root or a namespace of your own); the default there
                       memory: no device, for --ping; works everywhere, the default elsewhere
  --tun-name NAME      the TUN device, 4over6-client if left out
  --mtu BYTES          the longest packet, 1500 if left out
  --route WHAT         default: what the server says, which is everything (the default); or networks, A/8,B/16; or none
  --dns WHAT           apply: use the DNS servers that the server names (the default with tun); show; or none
  --ping ADDRESS       with --link memory: ping this address through the tunnel, then stop
  --count N            how many pings, 4 if left out
  --pcap FILE          record the packets of the tunnel to a capture file
  --timeout SECONDS    how long the server may take to answer, 5 if left out
  --log-level LEVEL    trace (every message), debug, info (the default; warn with --ping), warn, error,
                       fatal or silent
  --from WHERE         whose labs: reference (the default where it is), labs, or a folder
  --help               this text

Ctrl+C stops it and undoes what it set up. Exit code: 0 stopped, or the pings were answered; 1 the tunnel failed; 2 wrong usage; 70 crashed.
More in docs/running-the-client.md.`;

/** What goes through the tunnel: what the server says, or these networks. */
export type RouteChoice = "granted" | readonly string[];

export type ClientOptions = {
  readonly server: string;
  readonly link: "tun" | "memory";
  readonly tunName: string;
  /** In bytes. */
  readonly mtu: number;
  readonly routes: RouteChoice;
  readonly dns: "apply" | "show" | "none";
  readonly ping: { readonly address: Ipv4Address; readonly count: number } | undefined;
  /** An absolute path. */
  readonly pcap: string | undefined;
  readonly timeout: Millis;
  readonly logLevel: LogLevel;
};

/** The longest packet that a message of 4101 bytes carries. */
const largestMtu = 4096;

const flags = {
  server: "text",
  link: "text",
  "tun-name": "text",
  mtu: "text",
  route: "text",
  dns: "text",
  ping: "text",
  count: "text",
  pcap: "text",
  timeout: "text",
  "log-level": "text",
  from: "text",
  help: "switch",
} as const;

/** Reads the command line. Throws a `UsageError`. `"help"`: the user asked for the help text. */
export function readClientOptions(words: readonly string[], environment = process.env): ClientOptions | "help" {
  const given = readCommandLine("client", flags, words, environment);
  if (given.help === true) return "help";
  const value = <Value>(
    name: Exclude<keyof typeof flags, "help">,
    byDefault: string,
    read: (text: string, label: string) => Value,
  ): Value => read(given[name] ?? byDefault, `--${name}`);

  if (given.server === undefined) throw new UsageError("Say where the server is: npm run client -- --server '[::1]:5678'.");
  const link = value("link", process.platform === "linux" ? "tun" : "memory", oneOf(["tun", "memory"]));
  const count = value("count", "4", wholeNumber(1, 65_535, "the sequence number of a ping has 16 bits"));
  if (link === "tun" && given.ping !== undefined)
    throw new UsageError("--ping is for --link memory; with a TUN device, every program of this host can ping through it.");
  if (given.ping === undefined && given.count !== undefined) throw new UsageError("--count needs --ping ADDRESS beside it.");
  return {
    server: value("server", "", endpoint),
    link,
    tunName: value("tun-name", "4over6-client", deviceName),
    mtu: value("mtu", "1500", wholeNumber(68, largestMtu, "the smallest packet of IPv4, the largest that fits a message")),
    routes: value("route", "default", routeChoice),
    dns: value("dns", link === "tun" ? "apply" : "show", oneOf(["apply", "show", "none"])),
    ping: given.ping === undefined ? undefined : { address: value("ping", "", ipv4Address), count },
    pcap: given.pcap === undefined ? undefined : value("pcap", "", fileToMake),
    timeout: 1000 * value("timeout", "5", wholeNumber(1, 3600, "seconds")),
    logLevel: value("log-level", given.ping === undefined ? "info" : "warn", oneOf(logLevels)),
  };
}

function ipv4Address(text: string, label: string): Ipv4Address {
  if (!isIpv4(text)) throw new UsageError(`${label}: "${text}" is not an IPv4 address; write it as 198.51.100.2.`);
  return text;
}

function routeChoice(text: string, label: string): RouteChoice {
  if (text === "default") return "granted";
  if (text === "none") return [];
  return text.split(",").map((each) => network(each.trim(), label));
}

function network(text: string, label: string): string {
  try {
    const { address, prefixLength } = parseIpv4Network(text);
    return `${ipv4FromNumber((ipv4ToNumber(address) & ipv4ToNumber(maskOf(prefixLength))) >>> 0)}/${prefixLength}`;
  } catch {
    throw new UsageError(`${label}: "${text}" is not a network; write default, none, or networks such as 10.0.0.0/8,192.0.2.0/24.`);
  }
}
