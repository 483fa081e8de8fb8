import type { Sandbox } from "../sandbox/confined.ts";
import { type DriverProcess, talkWith } from "./driver-process.ts";
import type { GradeLimits } from "./limits.ts";

/** Starts drivers of one program, one of them ahead of time. */
export type DriverStarter = {
  readonly next: () => Promise<DriverProcess>;
  /** Starts one that will be asked for later: what it waits for then is done meanwhile. */
  readonly warmUp: () => void;
  readonly close: () => Promise<void>;
};

export function driverStarter(sandbox: Sandbox, program: Promise<string>, limits: GradeLimits): DriverStarter {
  let warm: Promise<DriverProcess> | undefined;

  async function start(): Promise<DriverProcess> {
    return talkWith(await sandbox.start(await program, limits.sandbox), limits);
  }

  return {
    next: () => {
      const driver = warm ?? start();
      warm = undefined;
      return driver;
    },
    warmUp: () => {
      warm ??= start();
      // Whoever asks for it hears of the failure.
      warm.catch(() => {});
    },
    close: async () => {
      const left = warm;
      warm = undefined;
      await left?.then((driver) => driver.close()).catch(() => {});
    },
  };
}
