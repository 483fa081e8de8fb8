import type { Members } from "#checks/harness/host.ts";
import type { CheckedLab4 } from "./checked-lab.ts";

const createAddressPool = async () => (await import("#lab-2/address-pool.ts")).createAddressPool;
const createSessionTable = async () => (await import("#lab-2/session-table.ts")).createSessionTable;
const createServerCore = async () => (await import("#lab-4/server-core.ts")).createServerCore;
const runServer = async () => (await import("#lab-4/run-server.ts")).runServer;

/** Lab 4's core and the tables that it is given, one by one; all of it together with the shell, as a program; and the shell alone. */
export const members: Members<CheckedLab4> = {
  createAddressPool,
  createSessionTable,
  createServerCore,
  createServerAtWork: async () => {
    const { serverAtWorkOf } = await import("./server-at-work.ts");
    return serverAtWorkOf({
      createAddressPool: await createAddressPool(),
      createSessionTable: await createSessionTable(),
      createServerCore: await createServerCore(),
      runServer: await runServer(),
    });
  },
  createStagedShell: async () => {
    const { stagedShellOf } = await import("./staged-shell.ts");
    return stagedShellOf(await runServer());
  },
};
