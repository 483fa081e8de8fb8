import { statSync } from "node:fs";
import { resolve } from "node:path";
import { hasReference } from "#launch/implementation.mjs";
import { userFolder } from "#launch/root.mjs";
import { readCommandLine } from "../command-line.ts";
import { oneOf } from "../option-values.ts";
import { UsageError } from "../usage-error.ts";
import type { DemoLink } from "./story.ts";

export const demoHelp = `npm run demo [-- options]

Shows the whole thing: a client without IPv4, a server made of the labs, and a web
server. The client borrows an address, pings, and downloads a page.

It runs in networks of its own and needs no root. Your network is not touched.

  --link KIND     tun: real TUN devices, in namespaces of Linux, or not at all
                  tap: the same, with Ethernet and lab 5's interface in the server
                  memory: links in memory, works everywhere
                  left out: tun where it works, else memory
  --from WHERE    whose labs: reference (the default where it is), labs, or a folder
  --pcap FOLDER   keep the packets at both ends of the tunnel: client.pcap, server.pcap
  --no-color      no colours (so does NO_COLOR=1)
  --help          this text

Exit code: 0 everything was proven, 1 something was not, 2 wrong usage.`;

export type DemoOptions = {
  /** `auto`: namespaces where they work. */
  readonly link: "auto" | DemoLink;
  readonly from: string;
  /** An absolute path. */
  readonly pcap: string | undefined;
  readonly color: boolean;
};

const flags = { link: "text", from: "text", pcap: "text", "no-color": "switch", help: "switch" } as const;

/** Reads the command line. Throws a `UsageError`. `"help"`: the user asked for the help text. */
export function readDemoOptions(words: readonly string[], environment = process.env): DemoOptions | "help" {
  const given = readCommandLine("demo", flags, words, environment);
  if (given.help === true) return "help";
  return {
    link: given.link === undefined ? "auto" : oneOf(["tun", "tap", "memory"])(given.link, "--link"),
    from: given.from ?? environment["npm_config_from"] ?? (hasReference ? "reference" : "labs"),
    pcap: given.pcap === undefined ? undefined : folder(given.pcap),
    color: given["no-color"] !== true && environment["npm_config_color"] !== "false",
  };
}

function folder(text: string): string {
  const path = resolve(userFolder, text);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`--pcap ${text}: there is no such folder; make it first.`);
  return path;
}
