import type { Members } from "#checks/harness/host.ts";
import { comeAndGo, type Lab2UnderCheck, lendAndReturn } from "./pool-workload.ts";

/** Lab 2's functions. Typed by the contract: a lab that does not fit it is a type error here as well as in its own files. */
export const members: Members<Lab2UnderCheck> = {
  createAddressPool: async () => (await import("#lab-2/address-pool.ts")).createAddressPool,
  createSessionTable: async () => (await import("#lab-2/session-table.ts")).createSessionTable,
  lendAndReturn: async () => lendAndReturn,
  comeAndGo: async () => comeAndGo,
};
