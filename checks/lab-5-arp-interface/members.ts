import type { Members } from "#checks/harness/host.ts";
import { hearFromMany, type Lab5UnderCheck, sendToMany } from "./floods.ts";

/** Lab 5's functions. Typed by the contract: a lab that does not fit it is a type error here as well as in its own files. */
export const members: Members<Lab5UnderCheck> = {
  createNetworkInterface: async () => (await import("#lab-5/network-interface.ts")).createNetworkInterface,
  sendToMany: async () => sendToMany,
  hearFromMany: async () => hearFromMany,
};
