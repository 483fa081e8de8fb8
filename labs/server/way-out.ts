import type { Millis } from "#contract/vocabulary.ts";
import { DeviceError } from "#devices/device-error.ts";
import { NotImplemented } from "#kit/not-implemented.ts";
import { HostError } from "./host/host-error.ts";

/** How the program ends. 70 is EX_SOFTWARE of sysexits.h. */
export const exitCode = { stopped: 0, couldNotRun: 1, wrongUsage: 2, crashed: 70 } as const;

/** Whether the error's message is a sentence for the user: what is wrong, and what to do. Of any other, a stack is needed. */
export function isExplained(error: unknown): error is Error {
  return error instanceof DeviceError || error instanceof HostError || error instanceof NotImplemented;
}

/** How often a program that npm has started looks whether npm is still there. */
const lookEvery: Millis = 500;

/**
 * The first signal that asks the program to end. Later ones are ignored: it is at it already. When npm is killed, the shell between npm and the
 * program takes the signal and hands it to nobody; so that the program does not stay behind, its parent's end counts as a SIGTERM.
 */
export function firstStopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, resolve);
    if (process.env["npm_lifecycle_event"] === undefined) return;
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve("SIGTERM"), lookEvery).unref();
  });
}

/**
 * Rejects with the first exception that nobody caught. The process lives on, so that it can tell of it and clean up; what is thrown after it
 * comes from the same fault, and is ignored.
 */
export function firstCrash(): Promise<never> {
  const crash = new Promise<never>((_, reject) => {
    process.on("uncaughtException", reject);
  });
  // It may come before somebody waits for it.
  crash.catch(() => undefined);
  return crash;
}

/** Whether `work` is done in time. */
export async function isDoneWithin(limit: Millis, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, limit, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
