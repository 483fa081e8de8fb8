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

/**
 * `undefined`: it is no report, or one of another version. Root also asks servers of others, so every field that is shown is looked at, and
 * a text that could steer the terminal makes it no report.
 */
export function parseReport(text: string): StatusReport | undefined {
  try {
    const report: unknown = JSON.parse(text);
    return isReport(report) ? report : undefined;
  } catch {
    return undefined;
  }
}

function isReport(value: unknown): value is StatusReport {
  const report = fieldsOf(value);
  const { users } = report;
  return (
    report["format"] === format &&
    [report["listen"], report["pool"], report["link"]].every(isText) &&
    [report["process"], report["upFor"], report["maxClients"], report["connected"]].every(isCount) &&
    isCounters(report["counters"]) &&
    Array.isArray(users) &&
    users.length <= mostUsersTold &&
    users.every(isUser)
  );
}

function isCounters(value: unknown): boolean {
  const { connections, failedAccepts, fromClients, toClients, losses } = fieldsOf(value);
  const counts = [connections, failedAccepts, ...Object.values(fieldsOf(losses))];
  return typeof losses === "object" && losses !== null && counts.every(isCount) && [fromClients, toClients].every(isTraffic);
}

function isUser(value: unknown): boolean {
  const { peer, address, fromClient, toClient, losses, quietFor } = fieldsOf(value);
  return (
    isText(peer) && (address === null || isText(address)) && [fromClient, toClient].every(isTraffic) && [losses, quietFor].every(isCount)
  );
}

function isTraffic(value: unknown): boolean {
  const { packets, bytes } = fieldsOf(value);
  return [packets, bytes].every(isCount);
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

/** An address, or a word: printable ASCII (in a zone stands the name of a device). */
function isText(value: unknown): boolean {
  return typeof value === "string" && /^[!-~]{1,100}$/.test(value);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
