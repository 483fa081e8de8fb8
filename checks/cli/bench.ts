import { parseArgs } from "node:util";
import { didYouMean } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { NotImplemented } from "#kit/not-implemented.ts";
import { runCommand } from "./command.ts";

/** The benchmarks, each loaded when it is asked for, and given the words behind its name. Returns the exit code. */
const benchmarks: Readonly<Record<string, (words: readonly string[]) => Promise<number>>> = {
  arp: plain(() => import("#checks/bench/arp.ts")),
  codec: plain(() => import("#checks/bench/codec.ts")),
  grader: async (words) => (await import("#checks/bench/grader.ts")).run(words),
  pool: plain(() => import("#checks/bench/pool.ts")),
  server: async (words) => (await import("#checks/bench/server.ts")).run(words),
};

const help = `npm run bench NAME     measures, and prints ratios of one run. NAME: ${Object.keys(benchmarks).join(", ")}

  --from WHERE   whose labs: reference (the default where it is), labs, or a folder
  --help         this text; npm run bench grader -- --help and npm run bench server
                 -- --help name options of these two`;

await runCommand(help, async () => {
  const [name, ...words] = process.argv.slice(2);
  if (name === undefined) throw new UsageError(`Say what is to be measured.\n\n${help}`);
  if (name === "--help" || name === "-h") {
    console.log(help);
    return 0;
  }
  const run = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (run === undefined) throw new UsageError(`There is no benchmark ${name}.${didYouMean(name, Object.keys(benchmarks))}\n\n${help}`);
  try {
    return await run(words);
  } catch (error) {
    // Not a fault of the kit: the student's lab is measured before it is written.
    throw error instanceof NotImplemented ? new UsageError(error.message) : error;
  }
});

/** A benchmark without options of its own. The launcher has looked at `--from` already. */
function plain(load: () => Promise<{ readonly run: () => Promise<number> }>): (words: readonly string[]) => Promise<number> {
  return async (words) => {
    const { values } = parseArgs({ args: [...words], options: { from: { type: "string" }, help: { type: "boolean", short: "h" } } });
    if (!values.help) return (await load()).run();
    console.log(help);
    return 0;
  };
}
