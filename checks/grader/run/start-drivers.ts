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

/** @param signal ends what runs, at once */
export function driverStarter(sandbox: Sandbox, program: Promise<string>, limits: GradeLimits, signal?: AbortSignal): DriverStarter {
  let warm: Promise<DriverProcess> | undefined;

  async function start(): Promise<DriverProcess> {
    const driver = talkWith(await sandbox.start(await program, limits.sandbox), limits);
    const interrupt = () => driver.stop({ reason: "timeout", sentence: "it was interrupted" });
    if (signal?.aborted === true) interrupt();
    signal?.addEventListener("abort", interrupt);
    void driver.stopped.then(() => signal?.removeEventListener("abort", interrupt));
    return driver;
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
