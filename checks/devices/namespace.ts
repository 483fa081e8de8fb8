import type { TestContext } from "vitest";
import { canRunTheKit, works } from "./ordinary-user.ts";

/** A user namespace in which the program is root, and a network of its own with nothing in it: what it does there touches nobody. */
const ownNetwork = ["unshare", "--user", "--map-root-user", "--net", "--mount"];

/** Succeeds where the device file is there and may be opened. (Opening it this way would make an ordinary file where there is none.) */
const openable = ["sh", "-c", "[ -c /dev/net/tun ] && : <>/dev/net/tun"];

/** Has a device file that everybody may open, as most systems have it, and becomes an ordinary user. Root can arrange that for itself. */
const openDeviceFile = `
  mount -t tmpfs none /dev/net && mknod -m 666 /dev/net/tun c 10 200 &&
  exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"`;

/** The command that starts a program in a network of its own. Skips the test, with the reason, where that or the device is not to be had. */
export function inOwnNetwork(context: TestContext): readonly string[] {
  if (process.platform !== "linux") context.skip("TUN and TAP need Linux");
  if (!works([...ownNetwork, "true"])) context.skip("this computer lets nobody make user and network namespaces (unshare)");
  if (!works([...ownNetwork, ...openable])) context.skip("this computer has no /dev/net/tun that this user may open");
  return ownNetwork;
}

/** The same, for a program whose user has no rights at all outside its namespace. */
export function inOwnNetworkAsOrdinaryUser(context: TestContext): readonly string[] {
  if (process.getuid?.() !== 0) return inOwnNetwork(context);
  const command = ["unshare", "--mount", "sh", "-c", openDeviceFile, "sh", ...ownNetwork];
  if (!works([...command, ...openable]) || !works([...command, ...canRunTheKit]))
    context.skip("the tests run as root, who cannot arrange here what an ordinary user has (mount, mknod, setpriv, reading the kit)");
  return command;
}

/** A network of its own in which there is no /dev/net/tun. */
export function withoutDeviceFile(context: TestContext): readonly string[] {
  const command = [...ownNetwork, "sh", "-c", 'mount -t tmpfs none /dev/net && exec "$@"', "sh"];
  if (!works([...command, "true"])) context.skip("this computer lets nobody make user and mount namespaces (unshare)");
  return command;
}

/** A network in which the program has no rights: it is root of nothing. */
export function inOwnNetworkWithoutRights(context: TestContext): readonly string[] {
  const command = [...inOwnNetwork(context), "setpriv", "--bounding-set", "-all", "--inh-caps", "-all"];
  if (!works([...command, "true"])) context.skip("setpriv cannot give rights away on this computer");
  return command;
}

/** A place where /mnt is a disk of 64 KiB. */
export function withSmallDisk(context: TestContext): readonly string[] {
  const command = [...ownNetwork, "sh", "-c", 'mount -t tmpfs -o size=64k none /mnt && exec "$@"', "sh"];
  if (process.platform !== "linux" || !works([...command, "true"]))
    context.skip("this computer lets nobody mount a small disk of its own (unshare)");
  return command;
}
