import { parseArgs } from "node:util";
import { didYouMean } from "#checks/command-line/near-names.ts";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { defaultFrom, type TestedServer } from "#checks/end-to-end/conformance/server/server-command.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { parseEndpoint } from "#devices/endpoint.ts";

export const conformanceHelp = `npm run conformance                     the kit's own server, every case
npm run conformance -- [options]

Tests a 4over6 server from outside, as its clients see it.

  --command LINE     the server to test: a line for the shell. It runs in a network of its own, as root there
  --address ADDRESS  where that server listens, such as [::]:5678
  --only NAME        one case, or all whose name contains NAME; may be given more than once
  --quick            without the cases that wait for a minute
  --link KIND        tun: a real network device in a network of its own; the default where it can be had
                     memory: right here, without a network of its own; the server answers pings by itself
                     tap: as tun, over lab 5's Ethernet interface; the kit's own server only
  --from WHERE       whose labs the kit's own server is made of: reference, labs, or a folder
  --patience MS      how long an answer may take, 5000 if left out; more for a slow machine
  --list             the cases, and the rule of each
  --json FILE        write the results to FILE as well
  --junit FILE       the same as JUnit XML
  --no-color         no colours (so does NO_COLOR=1)
  --help             this text

Exit code: 0 all passed, 1 some did not, 2 wrong usage. More in docs/conformance.md.`;

const links = ["tun", "memory", "tap"] as const;

export type ConformanceOptions = {
  readonly server: TestedServer;
  /** `undefined`: a network of its own where it can be had. */
  readonly link: (typeof links)[number] | undefined;
  readonly only: readonly string[];
  readonly quick: boolean;
  readonly patience: Millis;
  readonly seed: number;
  readonly list: boolean;
  readonly json: string | undefined;
  readonly junit: string | undefined;
  readonly color: boolean;
  readonly help: boolean;
};

const kept = {
  command: "string",
  address: "string",
  only: "string",
  quick: "boolean",
  link: "string",
  from: "string",
  patience: "string",
  list: "boolean",
  junit: "string",
} as const;

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readConformanceOptions(words = process.argv.slice(2)): ConformanceOptions {
  const { values } = parseArgs({
    args: [...words, ...flagsKeptByNpm(kept)],
    options: {
      command: { type: "string" },
      address: { type: "string" },
      only: { type: "string", multiple: true },
      quick: { type: "boolean" },
      link: { type: "string" },
      from: { type: "string" },
      patience: { type: "string" },
      list: { type: "boolean" },
      json: { type: "string" },
      junit: { type: "string" },
      "no-color": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const link = links.find((each) => each === values.link);
  if (values.link !== undefined && link === undefined)
    throw new UsageError(`--link ${values.link}: give ${links.join(", ")}.${didYouMean(values.link, links)}`);
  return {
    server: testedServer({ ...values, link }),
    link,
    only: values.only ?? [],
    quick: values.quick ?? false,
    patience: readPatience(values.patience),
    seed: defaultSeed,
    list: values.list ?? false,
    json: values.json,
    junit: values.junit,
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(),
    help: values.help ?? false,
  };
}

type ServerWords = {
  readonly command?: string | undefined;
  readonly address?: string | undefined;
  readonly from?: string | undefined;
  readonly link: ConformanceOptions["link"];
};

function testedServer({ command, address, from, link }: ServerWords): TestedServer {
  if (command === undefined) {
    if (address !== undefined) throw new UsageError("--address says where a server listens that --command starts; give both, or neither.");
    return { kind: "own", from: from ?? defaultFrom, link: link ?? "tun" };
  }
  if (address === undefined) throw new UsageError("--command needs --address: where that server listens, such as [::]:5678.");
  if (from !== undefined)
    throw new UsageError("--from chooses the labs of the kit's own server, and --command names another; give one of them.");
  if (link === "tap") throw new UsageError("--link tap is for the kit's own server; leave it out for another.");
  return { kind: "given", command, address: readAddress(address) };
}

function readAddress(text: string) {
  try {
    const endpoint = parseEndpoint(text);
    if (endpoint.port > 0) return endpoint;
  } catch (error) {
    throw new UsageError(`--address ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new UsageError(`--address ${text}: give the port on which the server listens; 0 is none.`);
}

const defaultPatience: Millis = 5000;

function readPatience(text: string | undefined): Millis {
  if (text === undefined) return defaultPatience;
  const patience = Number(text);
  if (!/^\d+$/.test(text) || patience < 100 || patience > 60_000)
    throw new UsageError(`--patience ${text}: give a whole number of milliseconds from 100 to 60000.`);
  return patience;
}
