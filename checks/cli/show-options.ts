import { parseArgs } from "node:util";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { ShowChoice } from "#checks/harness/show/show-lines.ts";

export const showHelp = `npm run show FILE                   a capture in words, one line a packet
npm run show FILE -- [options]

FILE is a pcap file with Ethernet frames or IP packets, or a pcapng file such
as a failing check leaves in checks/out.

  --only WHAT        packets of one kind: arp, icmp, tcp, udp, message, 102,
                     heartbeat, error … or of one address; may be repeated
  --hex              the bytes of each packet below it
  --limit N          the first N packets only (200 if left out)
  --no-color         no colours (so does NO_COLOR=1)
  --help             this text

Exit code: 0 shown, 2 wrong usage, or a file that cannot be read.`;

export type ShowOptions = ShowChoice & { readonly file: string; readonly color: boolean; readonly help: boolean };

const kept = { only: "string", hex: "boolean", limit: "string" } as const;
const usualLimit = 200;

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readShowOptions(words = process.argv.slice(2)): ShowOptions {
  const { values, positionals } = parseArgs({
    args: [...words, ...flagsKeptByNpm(kept)],
    allowPositionals: true,
    options: {
      only: { type: "string", multiple: true },
      hex: { type: "boolean" },
      limit: { type: "string" },
      "no-color": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const help = values.help ?? false;
  const [file = "", ...more] = positionals;
  if (!help && file === "") throw new UsageError(`Name a capture to show.\n\n${showHelp}`);
  if (more.length > 0) throw new UsageError(`One file at a time: ${file}, or ${more.join(", or ")}.`);
  return {
    file,
    only: (values.only ?? []).map((word) => word.toLowerCase()),
    hex: values.hex ?? false,
    limit: readLimit(values.limit),
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(),
    help,
  };
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return usualLimit;
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || !Number.isSafeInteger(limit))
    throw new UsageError(`--limit ${text}: give a whole number, 1 or more.`);
  return limit;
}
