import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Duplex, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type Bounds, type Cage, type Confined, usualBounds } from "./confined.ts";
import { openControlGroup } from "./control-group.ts";
import { findProgram } from "./find-program.ts";
import { inPlaceOfInherited } from "./inherited-files.ts";
import { neededFiles, neededNode } from "./needed-files.ts";
import { nodeArguments, resourceLimits } from "./node-command.ts";
import { processTree, usageOf } from "./process-tree.ts";
import { entering, relayedLoopback } from "./relayed-loopback.ts";
import { takeUser } from "./spare-users.ts";
import { makeTun, openableTun, type SandboxTun, tunFiles } from "./tun-in-sandbox.ts";
import { openWorkFolder } from "./work-folder.ts";

/** Where the program lies, as the program sees it. */
const home = "/submission";

/**
 * Namespaces of its own for users, processes, network, communication, names and files: no process, no file and no network of the computer
 * is there, but Node, its libraries and the program, which cannot be written. When the grader is root, a spare user is taken first:
 * inside and outside nobody is root.
 */
export function bubblewrapCage(): Cage {
  const prlimit = findProgram("prlimit");
  if (prlimit === undefined) throw new Error("bubblewrap is not used: prlimit, which bounds what is in it, is not installed");
  const folder = openWorkFolder();
  const node = neededNode(folder.node);
  const needed = [...node.files, ...neededFiles(prlimit)];

  const removing: Promise<void>[] = [];

  async function start(program: string, bounds: Bounds = usualBounds, tun?: SandboxTun): Promise<Confined> {
    const device = tun === undefined ? [] : tunFiles(await openableTun(folder.path));
    const user = takeUser();
    const own = folder.give(program, user);
    const noFiles = inPlaceOfInherited(5);
    const files = needed.flatMap(({ from, at }) => ["--ro-bind-try", from, at]);
    // biome-ignore format: a line for each purpose
    const command = [
      ...(user === undefined ? [] : ["setpriv", "--reuid", `${user.id}`, "--regid", `${user.id}`, "--clear-groups", "--"]),
      "bwrap",
      "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
      "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox",
      "--clearenv", "--setenv", "NODE_ENV", "test",
      ...files, "--ro-bind", own.path, home,
      // The usual /dev would take one more namespace of users, which nobody but its owner could enter.
      ...["null", "zero", "random", "urandom"].flatMap((name) => ["--dev-bind", `/dev/${name}`, `/dev/${name}`]),
      ...device,
      "--proc", "/proc", "--size", `${bounds.files << 20}`, "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/tmp",
      "--info-fd", "4", "--",
      ...resourceLimits(bounds, noFiles.length), node.at, ...nodeArguments(bounds), `${home}/${own.name}`,
    ];
    const [file = "", ...args] = command;
    const child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", ...noFiles],
      env: { PATH: process.env["PATH"] },
      cwd: "/",
    });
    const ended = once(child, "close").catch(() => {});
    try {
      const first = await firstProcess(child);
      if (tun !== undefined) await makeTun(["nsenter", ...entering(first), "--"], user?.id ?? process.getuid?.() ?? 0, tun);
      const group = openControlGroup(bounds);
      group?.take(() => processTree(first));
      const loopback = relayedLoopback(first, folder.node);
      return {
        process: child,
        talk: child.stdio[3] as Duplex,
        usage: () => usageOf(processTree(first)),
        loopback,
        ranOutOfMemory: () => group?.ranOutOfMemory() === true,
        kill: async () => {
          loopback.close();
          // When the first process of a namespace ends, the kernel ends all others; only then bubblewrap does.
          if (child.exitCode === null && child.signalCode === null) killQuietly(first);
          await ended;
          if (group !== undefined) removing.push(group.remove());
          own.remove();
          user?.giveBack();
        },
      };
    } catch (error) {
      child.kill("SIGKILL");
      await ended;
      own.remove();
      user?.giveBack();
      throw error;
    }
  }

  async function close(): Promise<void> {
    folder.remove();
    await Promise.all(removing);
  }

  return { name: "bubblewrap", start, close };
}

/** The number, outside, of the first process inside. Rejects with what bubblewrap says instead. */
async function firstProcess(child: ChildProcess): Promise<number> {
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  const told = await Promise.race([text(child.stdio[4] as Readable), failed]);
  const pid = /"child-pid":\s*(\d+)/.exec(told)?.[1];
  if (pid !== undefined) return Number(pid);
  const complaint = await Promise.race([text(child.stderr as Readable), failed]);
  throw new Error(complaint.trim().split("\n").at(-1) ?? "it ended at once");
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has just ended.
  }
}
