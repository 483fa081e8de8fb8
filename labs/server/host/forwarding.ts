import { readFileSync, writeFileSync } from "node:fs";
import type { HostChange } from "./host-change.ts";
import type { Journal } from "./journal.ts";

const setting = "/proc/sys/net/ipv4/ip_forward";

export type ForwardingSetUp = {
  readonly note: string;
  /** Forwarding is off, and stays so. */
  readonly warning: string | undefined;
};

/** Makes the kernel forward packets between devices (docs/protocol.md#forwarding), if it does not yet. */
export function setUpForwarding(journal: Journal<HostChange>, file = setting): ForwardingSetUp {
  const inherited = journal.byOthers().find((change) => change.kind === "forwarding");
  const now = readFileSync(file, "utf8").trim();
  if (now !== "0" && inherited === undefined) return { note: "was on (net.ipv4.ip_forward = 1)", warning: undefined };
  // Another server has switched it on: the last of them switches it off.
  journal.begin(inherited ?? { kind: "forwarding", file, before: now });
  if (now !== "0") return { note: "switched on by another server, and on until both have stopped", warning: undefined };
  try {
    writeFileSync(file, "1");
    return { note: "switched on until the server stops (net.ipv4.ip_forward was 0)", warning: undefined };
  } catch (error) {
    journal.forgetLast();
    const { code } = error as NodeJS.ErrnoException;
    return {
      note: "off (net.ipv4.ip_forward = 0)",
      warning: `this host forwards nothing, and that cannot be changed from here (${code}), so clients reach only this host; run sysctl net.ipv4.ip_forward=1 where you may`,
    };
  }
}

/** Puts back what was there. */
export function restoreForwarding(file: string, before: string): void {
  writeFileSync(file, before);
}
