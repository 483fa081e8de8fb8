import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "#launch/root.mjs";
import type { CheckResult, LabResult } from "../check-result.ts";
import { failureCapture } from "./failure-capture.ts";

/** Where captures are kept until the lab is checked again. Git does not look here. */
const captures = "checks/out";

/**
 * Saves the packets of failing checks for Wireshark, in place of those of the lab's run before.
 *
 * @param chosen the checks whose packets are worth a file
 * @returns the lab's result, in which these checks know their file
 */
export function saveCaptures(result: LabResult, chosen: readonly CheckResult[], project = root): LabResult {
  const folder = join(project, captures);
  forget(folder, result.lab);
  const checks = result.checks.map((check) => (chosen.includes(check) ? saveCapture(check, folder) : check));
  return { ...result, checks };
}

function forget(folder: string, lab: string): void {
  try {
    for (const name of readdirSync(folder))
      if (name.startsWith(`${lab}.`) && name.endsWith(".pcapng")) rmSync(join(folder, name), { force: true });
  } catch {
    // There is no folder yet, or it may not be changed: then nothing will be saved either.
  }
}

function saveCapture(check: CheckResult, folder: string): CheckResult {
  const capture = failureCapture(check);
  if (capture === undefined || check.failure === undefined) return check;
  const name = `${check.id}.pcapng`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), capture.bytes);
  } catch {
    // A project that cannot be written to is checked all the same.
    return check;
  }
  return { ...check, failure: { ...check.failure, capture: { file: `${captures}/${name}`, frame: capture.frame } } };
}
