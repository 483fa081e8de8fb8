import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";

/** Tells the command that it has been run again, inside. */
const marker = "KIT_BENCH_INSIDE";

/** Networks, mounts and processes of its own, in which an ordinary user is root. Root does not need the first line. */
const asAnyUser = ["--user", "--map-root-user"];
const isolated = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** Succeeds where the device file is there and may be opened. (Opening it this way would make an ordinary file where there is none.) */
const probe = ["sh", "-c", "[ -c /dev/net/tun ] && : <>/dev/net/tun"];

export const isInside = process.env[marker] !== undefined;

/** The command that starts another one in namespaces of its own; `undefined` where that, or a TUN device, is not to be had. */
export function findNamespaces(): readonly string[] | undefined {
  const commands = [
    ["unshare", ...asAnyUser, ...isolated],
    ["unshare", ...isolated],
  ];
  return commands.find(([command = "", ...args]) => spawnSync(command, [...args, ...probe], { stdio: "ignore" }).status === 0);
}

/**
 * Runs this very command again, inside, where it is the first process: whatever it starts, and the networks that it makes, go when it goes. It
 * goes with this process, also when that is killed. Resolves with its exit code.
 */
export function runInside([command = "", ...args]: readonly string[]): Promise<number> {
  const again = [process.execPath, "--enable-source-maps", ...process.argv.slice(1)];
  return new Promise((resolve, reject) => {
    // `detached`: Ctrl+C is for this process alone. The others would otherwise end one by one, and complain of each other.
    const child = spawn(command, [...args, ...again], {
      detached: true,
      stdio: ["pipe", "inherit", "inherit"],
      env: { ...process.env, [marker]: "1" },
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.once(signal, () => {
        child.kill("SIGKILL");
        resolve(128 + constants.signals[signal]);
      });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Inside: ends this process as soon as the one outside is gone. */
export function endWithOutside(): void {
  process.stdin.on("close", () => process.exit(1));
  process.stdin.resume().unref();
}
