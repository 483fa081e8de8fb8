import type { LabId } from "#launch/implementation.mjs";
import type { CheckResult } from "../check-result.ts";
import { createHost } from "../host.ts";
import { labMembers } from "../lab-members.ts";
import { registry } from "../registry.ts";
import { runCheck } from "./run-check.ts";
import type { KeptInputs } from "./worker-protocol.ts";

/**
 * Runs one check in the thread of its caller and without any limit of time: a debugger stops where one likes, for as long as one likes.
 * What failed before comes first: a breakpoint is reached in the shortest story that is known. Bundled with the labs that it is to check; nobody imports it otherwise.
 */
export async function runHere(id: LabId, checkId: string, seed: number, kept: KeptInputs | undefined): Promise<CheckResult> {
  const lab = await registry[id]?.();
  const members = await labMembers[id]?.();
  const check = lab?.checks.find((candidate) => candidate.id === checkId);
  if (lab === undefined || members === undefined || check === undefined) throw new Error(`There is no check ${checkId}.`);
  return runCheck(lab, check, createHost(members, lab.shape), seed, { kept });
}
