import { works } from "#checks/devices/ordinary-user.ts";

/** How to start a program in a network of its own, where it may make a TUN device and touches nobody's; or why that cannot be had. */
export type OwnNetwork =
  | { readonly kind: "possible"; readonly command: readonly string[] }
  | { readonly kind: "impossible"; readonly why: string };

/** Any user may have a user namespace and be root in it, where the system allows it; root needs none. */
const commands = [
  ["unshare", "--user", "--map-root-user", "--net", "--mount"],
  ["unshare", "--net", "--mount"],
];

/** Succeeds where the device file is there and may be opened. (Opening it this way would make an ordinary file where there is none.) */
const openable = ["sh", "-c", "[ -c /dev/net/tun ] && : <>/dev/net/tun"];

/** Asks this computer, by trying. */
export function findOwnNetwork(): OwnNetwork {
  if (process.platform !== "linux") return impossible("TUN devices and network namespaces need Linux");
  if (!works(["ip", "-Version"])) return impossible("the program ip is missing (package iproute2)");
  const command = commands.find((each) => works([...each, "true"]));
  if (command === undefined) return impossible("this computer lets this user make no network namespace (unshare)");
  if (!works([...command, ...openable])) return impossible("there is no /dev/net/tun that this user may open");
  return { kind: "possible", command };
}

function impossible(why: string): OwnNetwork {
  return { kind: "impossible", why };
}
