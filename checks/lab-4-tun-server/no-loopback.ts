import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Loopback } from "#checks/harness/loopback.ts";

/** A client could not connect: by the fault of the lab, or of a computer on which nobody can. */
export async function noConnection(loopback: Loopback, name: string, host: string): Promise<CheckFailure> {
  return (await loopback.works(host)) ? new CheckFailure(`${name} could not connect to the server`) : noLoopback([]);
}

/** The shell cannot be tried here. @param why what the system said */
export function noLoopback(why: readonly string[]): CheckFailure {
  return new CheckFailure("this computer has no loopback for TCP, so the shell could not be tried; that is no fault of your code", [
    ...why.map((text) => ({ kind: "note", text }) as const),
    { kind: "note", text: "Switch the loopback interface on (ip link set lo up), and IPv6 on it, and check again." },
  ]);
}
