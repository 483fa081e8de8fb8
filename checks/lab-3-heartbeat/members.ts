import type { Members } from "#checks/harness/host.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";

/** Lab 3's function. Typed by the contract: a lab that does not fit it is a type error here as well as in its own file. */
export const members: Members<Lab3> = {
  createHeartbeat: async () => (await import("#lab-3/heartbeat.ts")).createHeartbeat,
};
