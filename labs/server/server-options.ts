import type { AddressGrant } from "#contract/lab-1-codec.ts";
import { readCommandLine } from "./command-line.ts";
import { readConfigFile } from "./config-file.ts";
import { longestTapName } from "./host/aliased-tap.ts";
import { type LogLevel, logLevels } from "./log.ts";
import {
  deviceName,
  dnsServers,
  endpoint,
  fileToMake,
  type LinkNetwork,
  linkNetwork,
  oneOf,
  overlap,
  type PoolNetwork,
  poolNetwork,
  wholeNumber,
} from "./option-values.ts";
import { longestMessage, messageHeader } from "./protocol-limits.ts";
import { UsageError } from "./usage-error.ts";

export const serverHelp = `npm run server -- [options]

The 4over6 server: lends IPv4 addresses to clients over IPv6, and forwards their packets.

  --listen ADDRESS     where clients connect, [::]:5678 if left out; port 0 lets the system choose
  --pool CIDR          the network that addresses are lent from, 13.8.0.0/24 if left out; its first address is the server's
  --link KIND          tun: a network device of Linux (needs root or a namespace of your own); the default there
                       tap: Ethernet in place of a TUN, with lab 5's interface at this end of it
                       memory: an internet of its own in memory that answers pings; works everywhere, the default elsewhere
  --tun-name NAME      the TUN or TAP device, 4over6 if left out; one that is there already is used
  --link-network CIDR  with tap, the network of the Ethernet link, 10.4.6.0/30 if left out
  --mtu BYTES          the longest packet, 1500 if left out
  --dns LIST           auto: what this host uses (the default); or up to three addresses, A,B,C
  --nat KIND           auto: nft if it is installed, else iptables, else none (the default); or nft, iptables, none
  --pcap FILE          record the packets of the device to a capture file
  --metrics ADDRESS    give its counters to Prometheus by HTTP, http://[::1]:9464/metrics; a port alone is one of [::1]
  --max-clients N      connections at the same time, 1024 if left out
  --log-level LEVEL    trace, debug, info (the default), warn, error, fatal or silent
  --from WHERE         whose labs: reference (the default where it is), labs, or a folder
  --config FILE        read options from a JSON file: {"pool": "13.8.0.0/24", "mtu": 1400}; the command line wins
  --status             ask the server that runs here, or the one with this --listen, and show its users; then nothing is started
  --help               this text

Ctrl+C stops it and undoes what it set up. Exit code: 0 stopped, 1 could not run, 2 wrong usage, 70 crashed.
More in docs/running-the-server.md.`;

export type ServerOptions = {
  readonly listen: string;
  readonly pool: PoolNetwork;
  readonly link: "tun" | "tap" | "memory";
  readonly tunName: string;
  readonly linkNetwork: LinkNetwork;
  /** In bytes. */
  readonly mtu: number;
  readonly dns: "auto" | AddressGrant["dns"];
  readonly nat: "auto" | "nft" | "iptables" | "none";
  /** An absolute path. */
  readonly pcap: string | undefined;
  readonly maxClients: number;
  /** Where Prometheus asks. */
  readonly metrics: string | undefined;
  readonly logLevel: LogLevel;
};

/** Not to serve, but to ask a server: the one that listens there, or the only one. */
export type StatusOptions = { readonly statusOf: string | undefined };

const settings = {
  listen: "text",
  pool: "text",
  link: "text",
  "tun-name": "text",
  "link-network": "text",
  mtu: "text",
  dns: "text",
  nat: "text",
  pcap: "text",
  "max-clients": "text",
  metrics: "text",
  "log-level": "text",
} as const;
const flags = { ...settings, from: "text", config: "text", status: "switch", help: "switch" } as const;

const readMtu = wholeNumber(
  68,
  longestMessage - messageHeader,
  "the smallest packet that IPv4 asks of a link, the largest that fits a message",
);
const readMaxClients = wholeNumber(1, 65_536, "each holds a socket");

/** The counters say who uses the network when: without more, they are for this host only. */
const metricsEndpoint = (text: string, label: string): string => endpoint(/^\d+$/.test(text) ? `[::1]:${text}` : text, label);

/** Reads the command line, and the file that it names. Throws a `UsageError`. `"help"`: the user asked for the help text. */
export function readServerOptions(words: readonly string[], environment = process.env): ServerOptions | StatusOptions | "help" {
  const given = readCommandLine("server", flags, words, environment);
  if (given.help === true) return "help";
  const configured: Readonly<Record<string, string>> =
    given.config === undefined
      ? {}
      : readConfigFile(given.config, Object.keys(settings), {
          from: "labs are chosen before the file is read; give --from on the command line",
        });

  const value = <Value>(name: keyof typeof settings, byDefault: string, read: (text: string, label: string) => Value): Value => {
    const text = given[name];
    if (text !== undefined) return read(text, `--${name}`);
    const fromFile = configured[name];
    return fromFile === undefined ? read(byDefault, `--${name}`) : read(fromFile, `${name} in ${given.config}`);
  };
  const optional = <Value>(name: keyof typeof settings, read: (text: string, label: string) => Value): Value | undefined =>
    given[name] === undefined && configured[name] === undefined ? undefined : value(name, "", read);

  if (given.status === true) {
    const needless = Object.keys(given).find((name) => !["status", "listen", "config", "from"].includes(name));
    if (needless !== undefined) throw new UsageError(`--status starts no server, so leave out --${needless}; only --listen goes with it.`);
    return { statusOf: optional("listen", endpoint) };
  }
  const options: ServerOptions = {
    listen: value("listen", "[::]:5678", endpoint),
    pool: value("pool", "13.8.0.0/24", poolNetwork),
    link: value("link", process.platform === "linux" ? "tun" : "memory", oneOf(["tun", "tap", "memory"])),
    tunName: value("tun-name", "4over6", deviceName),
    linkNetwork: value("link-network", "10.4.6.0/30", linkNetwork),
    mtu: value("mtu", "1500", readMtu),
    dns: value("dns", "auto", dnsServers),
    nat: value("nat", "auto", oneOf(["auto", "nft", "iptables", "none"])),
    pcap: optional("pcap", fileToMake),
    maxClients: value("max-clients", "1024", readMaxClients),
    metrics: optional("metrics", metricsEndpoint),
    logLevel: value("log-level", "info", oneOf(logLevels)),
  };
  if (options.link === "tap") checkTap(options);
  return options;
}

/** What is right alone need not be right together. */
function checkTap({ tunName, pool, linkNetwork: link }: ServerOptions): void {
  if (tunName.length > longestTapName)
    throw new UsageError(`--tun-name: "${tunName}" is too long for --link tap; take at most ${longestTapName} letters, such as 4over6.`);
  if (overlap(pool, link))
    throw new UsageError(`--link-network: ${link.cidr} overlaps the pool ${pool.cidr}; take another network for one of them.`);
}
