import type { AddressGrant } from "#contract/lab-1-codec.ts";
import { readCommandLine } from "./command-line.ts";
import { readConfigFile } from "./config-file.ts";
import { type LogLevel, logLevels } from "./log.ts";
import { deviceName, dnsServers, endpoint, fileToMake, oneOf, type PoolNetwork, poolNetwork, wholeNumber } from "./option-values.ts";
import { longestMessage, messageHeader } from "./protocol-limits.ts";

export const serverHelp = `npm run server -- [options]

The 4over6 server: lends IPv4 addresses to clients over IPv6, and forwards their packets.

  --listen ADDRESS     where clients connect, [::]:5678 if left out; port 0 lets the system choose
  --pool CIDR          the network that addresses are lent from, 13.8.0.0/24 if left out; its first address is the server's
  --link KIND          tun: a network device of Linux (needs root or a namespace of your own); the default there
                       memory: an internet of its own in memory that answers pings; works everywhere, the default elsewhere
  --tun-name NAME      the TUN device, 4over6 if left out; one that is there already is used
  --mtu BYTES          the longest packet, 1500 if left out
  --dns LIST           auto: what this host uses (the default); or up to three addresses, A,B,C
  --nat KIND           auto: nft if it is installed, else iptables, else none (the default); or nft, iptables, none
  --pcap FILE          record the packets of the device to a capture file
  --max-clients N      connections at the same time, 1024 if left out
  --log-level LEVEL    trace, debug, info (the default), warn, error, fatal or silent
  --from WHERE         whose labs: reference (the default where it is), labs, or a folder
  --config FILE        read options from a JSON file: {"pool": "13.8.0.0/24", "mtu": 1400}; the command line wins
  --help               this text

Ctrl+C stops it and undoes what it set up. Exit code: 0 stopped, 1 could not run, 2 wrong usage, 70 crashed.
More in docs/running-the-server.md.`;

export type ServerOptions = {
  readonly listen: string;
  readonly pool: PoolNetwork;
  readonly link: "tun" | "memory";
  readonly tunName: string;
  /** In bytes. */
  readonly mtu: number;
  readonly dns: "auto" | AddressGrant["dns"];
  readonly nat: "auto" | "nft" | "iptables" | "none";
  /** An absolute path. */
  readonly pcap: string | undefined;
  readonly maxClients: number;
  readonly logLevel: LogLevel;
};

const settings = {
  listen: "text",
  pool: "text",
  link: "text",
  "tun-name": "text",
  mtu: "text",
  dns: "text",
  nat: "text",
  pcap: "text",
  "max-clients": "text",
  "log-level": "text",
} as const;
const flags = { ...settings, from: "text", config: "text", help: "switch" } as const;

const readMtu = wholeNumber(
  68,
  longestMessage - messageHeader,
  "the smallest packet that IPv4 asks of a link, the largest that fits a message",
);
const readMaxClients = wholeNumber(1, 65_536, "each holds a socket");

/** Reads the command line, and the file that it names. Throws a `UsageError`. `"help"`: the user asked for the help text. */
export function readServerOptions(words: readonly string[], environment = process.env): ServerOptions | "help" {
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

  return {
    listen: value("listen", "[::]:5678", endpoint),
    pool: value("pool", "13.8.0.0/24", poolNetwork),
    link: value("link", process.platform === "linux" ? "tun" : "memory", oneOf(["tun", "memory"])),
    tunName: value("tun-name", "4over6", deviceName),
    mtu: value("mtu", "1500", readMtu),
    dns: value("dns", "auto", dnsServers),
    nat: value("nat", "auto", oneOf(["auto", "nft", "iptables", "none"])),
    pcap: optional("pcap", fileToMake),
    maxClients: value("max-clients", "1024", readMaxClients),
    logLevel: value("log-level", "info", oneOf(logLevels)),
  };
}
