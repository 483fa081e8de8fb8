import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import type { Lab4 } from "#contract/lab-4-tun-server.ts";
import type { ServerAtWork, ServerAtWorkOptions } from "./server-at-work.ts";
import type { StagedShell, StageOptions } from "./staged-shell.ts";

/** What the checks of lab 4 call: the core, the tables of lab 2 that it is given, the whole server behind a real socket, and the shell alone. */
export type CheckedLab4 = Lab2 &
  Pick<Lab4, "createServerCore"> & {
    readonly createServerAtWork: (options: ServerAtWorkOptions) => ServerAtWork;
    readonly createStagedShell: (options: StageOptions) => StagedShell;
  };
