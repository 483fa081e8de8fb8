import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { ownLoopback } from "#checks/harness/loopback.ts";
import { type Bounds, type Cage, type Confined, usualBounds } from "./confined.ts";
import { inPlaceOfInherited } from "./inherited-files.ts";
import { nodeArguments, resourceLimits } from "./node-command.ts";
import { processTree, usageOf } from "./process-tree.ts";
import type { SandboxTun } from "./tun-in-sandbox.ts";
import { openWorkFolder } from "./work-folder.ts";

/** A process of the grader's own user: it can do all that the grader can. Good for feedback on code that one trusts. Works everywhere. */
export function plainChildCage(): Cage {
  const folder = openWorkFolder();

  async function start(program: string, bounds: Bounds = usualBounds, tun?: SandboxTun): Promise<Confined> {
    if (tun !== undefined) throw new Error("only bubblewrap gives a submission a network of its own");
    const own = folder.give(program, undefined);
    const noFiles = inPlaceOfInherited(4);
    const [file = folder.node, ...args]: readonly string[] = [
      ...resourceLimits(bounds, noFiles.length),
      folder.node,
      ...nodeArguments(bounds),
      `${own.path}/${own.name}`,
    ];
    const child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe", "pipe", ...noFiles],
      env: { NODE_ENV: "test" },
      cwd: "/",
      detached: true,
    });
    const ended = once(child, "close").catch(() => {});
    await Promise.race([once(child, "spawn"), once(child, "error").then(([error]) => Promise.reject(error as Error))]);
    const pid = child.pid ?? 0;
    return {
      process: child,
      talk: child.stdio[3] as Duplex,
      usage: () => usageOf(processTree(pid)),
      ranOutOfMemory: () => false,
      loopback: ownLoopback,
      kill: async () => {
        for (const target of [-pid, ...processTree(pid)]) killQuietly(target);
        for (const stream of child.stdio) stream?.destroy();
        await ended;
        own.remove();
      },
    };
  }

  return { name: "a plain child process", start, close: async () => folder.remove() };
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
