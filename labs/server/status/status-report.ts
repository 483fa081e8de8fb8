import type { Millis } from "#contract/vocabulary.ts";
import type { ComposedServer } from "../compose-server.ts";
import type { Counters } from "../counters.ts";
import type { Traffic } from "../user.ts";

/** Changes when the fields do, so that one version of the kit does not misread another. */
const format = 1;

/** However many are connected, so many are told of: an answer has a bound. */
export const mostUsersTold = 1000;

/** One who is connected, as the status shows it. */
export type UserStatus = {
  readonly peer: string;
  readonly address: string | null;
  readonly fromClient: Traffic;
  readonly toClient: Traffic;
  readonly losses: number;
  /** How long nothing has come from it. */
  readonly quietFor: Millis;
};

/** What a running server tells of itself, as JSON. */
export type StatusReport = {
  readonly format: typeof format;
  readonly listen: string;
  readonly process: number;
  readonly pool: string;
  readonly link: string;
  readonly upFor: Millis;
  readonly maxClients: number;
  readonly connected: number;
  readonly counters: Counters;
  /** The first `mostUsersTold` of those connected. */
  readonly users: readonly UserStatus[];
};

/** The report of a server that was started when `performance.now()` was 0, or nearly so. */
export function reportOf(
  server: Pick<ComposedServer, "address" | "users" | "counters">,
  { pool, link, maxClients }: { readonly pool: { readonly cidr: string }; readonly link: string; readonly maxClients: number },
  now: Millis = performance.now(),
): StatusReport {
  const users = server.users();
  return {
    format,
    listen: server.address,
    process: process.pid,
    pool: pool.cidr,
    link,
    upFor: Math.round(now),
    maxClients,
    connected: users.length,
    counters: server.counters(),
    users: users.slice(0, mostUsersTold).map(({ peer, address, fromClient, toClient, losses, heardAt }) => ({
      peer,
      address: address ?? null,
      fromClient,
      toClient,
      losses,
      quietFor: Math.round(now - heardAt),
    })),
  };
}

/** `undefined`: it is no report, or one of another version. */
export function parseReport(text: string): StatusReport | undefined {
  try {
    const report = JSON.parse(text) as StatusReport | null;
    return report?.format === format ? report : undefined;
  } catch {
    return undefined;
  }
}
