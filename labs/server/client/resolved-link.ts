import { readFileSync, readlinkSync } from "node:fs";
import type { Ipv4Address } from "#contract/vocabulary.ts";
import { type RunProgram, runProgram } from "../host/run-program.ts";

/** Whether programs of this host ask systemd-resolved: through its stub at 127.0.0.53, or by a file that it keeps. */
export function asksResolved(resolverFile: string): boolean {
  try {
    if (/^nameserver\s+127\.0\.0\.53\s*$/m.test(readFileSync(resolverFile, "utf8"))) return true;
    return readlinkSync(resolverFile).includes("systemd/resolve");
  } catch {
    return false;
  }
}

/** Makes systemd-resolved ask these servers, by way of the device, for every name. `false`: it did not take them. */
export function setResolvedLink(device: string, servers: readonly Ipv4Address[], run: RunProgram = runProgram): boolean {
  return run("resolvectl", ["dns", device, ...servers]).kind === "done" && run("resolvectl", ["domain", device, "~."]).kind === "done";
}

/** The settings go with the device, which is gone already as a rule; then this does nothing. */
export function revertResolvedLink(device: string, run: RunProgram = runProgram): void {
  run("resolvectl", ["revert", device]);
}
