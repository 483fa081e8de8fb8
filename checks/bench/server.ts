import { UsageError } from "#checks/command-line/usage-error.ts";
import { measureInside } from "./server/measure-inside.ts";
import { readServerBenchOptions, serverBenchHelp } from "./server/options.ts";
import { endWithOutside, findNamespaces, isInside, runInside } from "./server/own-namespaces.ts";

/** The server under real traffic, beside a classic C server. `--from labs` measures the student's. */
export async function run(words: readonly string[]): Promise<number> {
  const options = readServerBenchOptions(words);
  if (options === "help") {
    console.log(serverBenchHelp);
    return 0;
  }
  if (isInside) {
    endWithOutside();
    await measureInside(options);
    return 0;
  }
  const namespaces = findNamespaces();
  if (namespaces === undefined)
    throw new UsageError(
      "This benchmark makes networks of its own, and this computer does not let it: that needs Linux, /dev/net/tun, and unshare of util-linux. See docs/platforms.md#linux.",
    );
  return runInside(namespaces);
}
