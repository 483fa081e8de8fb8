import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { ownLoopback } from "#checks/harness/loopback.ts";
import { type Bounds, type Cage, type Confined, usualBounds } from "./confined.ts";
import { openControlGroup } from "./control-group.ts";
import { inPlaceOfInherited } from "./inherited-files.ts";
import { nodeArguments, resourceLimits } from "./node-command.ts";
import { usageOf } from "./process-tree.ts";
import { processesOf, takeUser } from "./spare-users.ts";
import type { SandboxTun } from "./tun-in-sandbox.ts";
import { openWorkFolder } from "./work-folder.ts";

/**
 * A spare user for each program: it reads no file of the grader's, and everything that runs as that user is ended with it. It shares the
 * network, and sees that others run. Needs root.
 */
export function otherUserCage(): Cage {
  const folder = openWorkFolder();

  const removing: Promise<void>[] = [];

  async function start(program: string, bounds: Bounds = usualBounds, tun?: SandboxTun): Promise<Confined> {
    if (tun !== undefined) throw new Error("only bubblewrap gives a submission a network of its own");
    const user = takeUser();
    if (user === undefined) throw new Error("only root can start programs as another user");
    const own = folder.give(program, user);
    const become = ["--reuid", `${user.id}`, "--regid", `${user.id}`, "--clear-groups", "--no-new-privs", "--"];
    const noFiles = inPlaceOfInherited(4);
    const args = [...become, ...resourceLimits(bounds, noFiles.length), folder.node, ...nodeArguments(bounds), `${own.path}/${own.name}`];
    const child = spawn("setpriv", args, {
      stdio: ["ignore", "pipe", "pipe", "pipe", ...noFiles],
      env: { NODE_ENV: "test" },
      cwd: "/",
      detached: true,
    });
    const ended = once(child, "close").catch(() => {});
    const group = openControlGroup(bounds);
    const kill = async () => {
      // To all of the user at once: none can have children meanwhile. What has ended waits until somebody has seen it.
      while (processesOf(user.id).length > 0) {
        // Programs are looked for where they usually are, whatever PATH says: this must not fail.
        spawnSync("setpriv", [...become, "sh", "-c", "kill -9 -1"], { stdio: "ignore", env: {} });
        await setTimeout(5);
      }
      await ended;
      if (group !== undefined) removing.push(group.remove());
      own.remove();
      user.giveBack();
    };
    try {
      await Promise.race([once(child, "spawn"), once(child, "error").then(([error]) => Promise.reject(error as Error))]);
    } catch (error) {
      if (group !== undefined) removing.push(group.remove());
      own.remove();
      user.giveBack();
      throw error;
    }
    group?.take(() => (child.pid === undefined ? [] : [child.pid]));
    return {
      process: child,
      talk: child.stdio[3] as Duplex,
      usage: () => usageOf(processesOf(user.id)),
      ranOutOfMemory: () => group?.ranOutOfMemory() === true,
      kill,
      loopback: ownLoopback,
    };
  }

  async function close(): Promise<void> {
    folder.remove();
    await Promise.all(removing);
  }

  return { name: "another user", start, close };
}
