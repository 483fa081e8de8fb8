import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "#launch/root.mjs";
import { run } from "./child.ts";

const sources = join(root, "checks/bench/server");

/** The benchmark's own programs in C, as files to run. */
export type Programs = { readonly classicServer: string; readonly tunnelClient: string; readonly udpFlood: string };

/** Compiles them into `folder`. */
export async function compilePrograms(folder: string): Promise<Programs> {
  const compile = async (name: string): Promise<string> => {
    const file = join(folder, name);
    await run("cc", "-std=gnu11", "-O2", "-o", file, join(sources, `${name}.c`));
    return file;
  };
  return {
    classicServer: await compile("classic-server"),
    tunnelClient: await compile("tunnel-client"),
    udpFlood: await compile("udp-flood"),
  };
}

/** Whether a program is installed. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}
