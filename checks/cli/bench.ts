import { didYouMean } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { NotImplemented } from "#kit/not-implemented.ts";
import { runCommand } from "./command.ts";

/** The benchmarks, each loaded when it is asked for. */
const benchmarks: Readonly<Record<string, () => Promise<{ readonly run: (words: readonly string[]) => Promise<number> }>>> = {
  arp: () => import("#checks/bench/arp.ts"),
  codec: () => import("#checks/bench/codec.ts"),
  grader: () => import("#checks/bench/grader.ts"),
  pool: () => import("#checks/bench/pool.ts"),
  server: () => import("#checks/bench/server.ts"),
};

const help = `npm run bench NAME     measures, and prints ratios of one run. NAME: ${Object.keys(benchmarks).join(", ")}`;

await runCommand(help, async () => {
  const [name, ...words] = process.argv.slice(2);
  if (name === undefined || name === "--help" || name === "-h") {
    console.log(help);
    return name === undefined ? 2 : 0;
  }
  const load = benchmarks[name];
  if (load === undefined) throw new UsageError(`There is no benchmark ${name}.${didYouMean(name, Object.keys(benchmarks))}\n\n${help}`);
  try {
    return await (await load()).run(words);
  } catch (error) {
    // Not a fault of the kit: the student's lab is measured before it is written.
    throw error instanceof NotImplemented ? new UsageError(error.message) : error;
  }
});
