import type { Style } from "#checks/harness/report/style.ts";
import { megabytes } from "./faults.ts";
import type { SoakReport } from "./soak.ts";

/** What a soak has done, what the server held before and after, and what is wrong. */
export function soakLines({ warm, after, tally, connections, packets, faults }: SoakReport, { paint }: Style): readonly string[] {
  const rows: readonly (readonly [string, string, string])[] = [
    ["addresses that can be lent", number(warm?.addresses), number(after?.addresses)],
    ["users", number(warm?.users), number(after?.users)],
    ["memory, after garbage collection", warm ? megabytes(warm.memory) : "?", after ? megabytes(after.memory) : "?"],
    ["memory of the process", warm ? megabytes(warm.resident) : "?", after ? megabytes(after.resident) : "?"],
    ["handles", number(warm?.handles), number(after?.handles)],
    ["file descriptors", number(warm?.descriptors), number(after?.descriptors)],
  ];
  return [
    ...Array.from(tally.visits, ([kind, times]) => `  ${kind.padEnd(34)} ${String(times).padStart(12)} ${times === 1 ? "time" : "times"}`),
    "",
    `  ${"connections".padEnd(34)} ${String(connections).padStart(12)}`,
    `  ${"packets".padEnd(34)} ${String(packets).padStart(12)}`,
    `  ${"pings of the client that behaves".padEnd(34)} ${String(tally.pings).padStart(12)}, the slowest ${tally.slowestPing.toFixed(0)} ms`,
    "",
    paint.bold(`  ${"when all have left".padEnd(34)} ${"warmed up".padStart(12)} ${"in the end".padStart(12)}`),
    ...rows.map(([name, before, end]) => `  ${name.padEnd(34)} ${before.padStart(12)} ${end.padStart(12)}`),
    "",
    ...(faults.length === 0 ? [paint.green("ok  nothing was lost")] : faults.map((fault) => paint.red(`x   ${fault}`))),
  ];
}

function number(value: number | undefined): string {
  return value === undefined ? "?" : String(value);
}
