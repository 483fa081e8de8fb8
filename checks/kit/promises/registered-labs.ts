import type { LabChecks } from "#checks/harness/check.ts";
import { registry } from "#checks/harness/registry.ts";

/** Every lab that has checks. */
export const registeredLabs: readonly LabChecks<unknown>[] = await Promise.all(Object.values(registry).map((load) => load()));
