import { execFile } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "#launch/root.mjs";

/** A device of the kernel in the network of a sandbox, made by the grader for the program in it. */
export type SandboxTun = {
  readonly name: string;
  /** Of the kernel on it, with its prefix length: `13.8.0.1/24`. */
  readonly address: string;
};

const run = promisify(execFile);
const deviceFile = "/dev/net/tun";

/** What has to be in the sandbox for it. `device` is a file of the device that its user may open. */
export function tunFiles(device: string): readonly string[] {
  // The package, and its native part for this kind of machine, which lies beside it.
  const koffi = dirname(createRequire(join(root, "package.json")).resolve("koffi"));
  const native = join("@koromix", `koffi-${process.platform}-${process.arch}`);
  const packages = ["koffi", native].flatMap((name) => ["--ro-bind", join(dirname(koffi), name), join("/node_modules", name)]);
  return [...packages, "--dev-bind", device, deviceFile];
}

/**
 * A file of the TUN driver that everybody may open. Most systems have it; root makes one where only root may open it.
 *
 * @param folder where it may be made
 */
export async function openableTun(folder: string): Promise<string> {
  if (process.getuid?.() !== 0) {
    closeSync(openSync(deviceFile, "r+"));
    return deviceFile;
  }
  const own = join(folder, "tun");
  await run("mknod", ["--mode=666", own, "c", "10", "200"]).catch((error: unknown) => {
    if (!String(error).includes("File exists")) throw error;
  });
  // Fails where the folder's file system knows no devices.
  closeSync(openSync(own, "r+"));
  return own;
}

/** Makes the device in the network of process `pid`, for this user alone. The program needs no right but to open it. */
export async function makeTun(enter: readonly string[], user: number, { name, address }: SandboxTun): Promise<void> {
  const [command = "nsenter", ...args] = enter;
  const ip = (...words: readonly string[]) => run(command, [...args, "ip", ...words]);
  await ip("tuntap", "add", "dev", name, "mode", "tun", "user", `${user}`);
  await ip("address", "add", address, "dev", name);
  await ip("link", "set", "dev", name, "up");
}
