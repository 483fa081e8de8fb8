import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { adminPath } from "./admin-path.ts";

/** Namespaces that go with their last process; that one is killed with `unshare` itself. */
const separate = ["--net", "--mount", "--pid", "--fork", "--kill-child"];

/**
 * The commands that start a program in namespaces of its own, in the order in which to try them. Where the program is root of a user namespace
 * of its own, it has no rights over anything of the host. Root of the host can do without that, where user namespaces are switched off.
 */
export function namespaceCommands(): readonly (readonly string[])[] {
  const asAnybody = ["unshare", "--user", "--map-root-user", ...separate];
  return process.getuid?.() === 0 ? [asAnybody, ["unshare", ...separate]] : [asAnybody];
}

/** Why namespaces cannot be had, as far as that can be told beforehand. */
export function whyNoNamespaces(): string | undefined {
  if (process.platform !== "linux") return `network namespaces are a thing of Linux, and this is ${process.platform}`;
  const missing = ["unshare", "mount", "ip"].filter((name) => !isInstalled(name));
  if (missing.length > 0) return `these programs are missing: ${missing.join(", ")} (packages util-linux and iproute2)`;
  if (!existsSync("/dev/net/tun")) return "there is no /dev/net/tun (modprobe tun, or --device /dev/net/tun for a container)";
  return undefined;
}

function isInstalled(name: string): boolean {
  return adminPath()
    .split(":")
    .some((folder) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
