import { Bench } from "tinybench";

/** One measured task. */
export type Row = {
  readonly name: string;
  readonly bytesPerSecond: number;
  readonly itemsPerSecond: number;
  /** Time relative to the first task of the same run: 2 means twice as long. */
  readonly ratio: number;
};

/**
 * How often each task has its turn. Whoever is measured later finds another heap and other compiled code than whoever was first; in turns,
 * each finds all of them.
 */
const rounds = 15;

/**
 * Runs the tasks in turns, and relates each to the first. A task's time is that of its best round (the round's median): what else goes on in
 * the computer only ever adds to it.
 */
export async function measure(
  tasks: Readonly<Record<string, () => void>>,
  work: { readonly bytes: number; readonly items: number },
  { milliseconds = 600 }: { readonly milliseconds?: number } = {},
): Promise<readonly Row[]> {
  const seconds = new Map(Object.keys(tasks).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    const bench = new Bench({ time: milliseconds / rounds, iterations: 3, warmupTime: milliseconds / rounds / 4, warmupIterations: 1 });
    for (const [name, task] of Object.entries(tasks)) bench.add(name, task);
    await bench.run();
    for (const { name, result } of bench.tasks) {
      if (result.state !== "completed")
        throw new Error(`The benchmark "${name}" did not run.`, { cause: "error" in result ? result.error : undefined });
      seconds.get(name)?.push(result.latency.p50 / 1000);
    }
  }
  const best = [...seconds].map(([name, measured]) => ({ name, seconds: Math.min(...measured) }));
  const first = best[0]?.seconds ?? 1;
  return best.map((row) => ({
    name: row.name,
    bytesPerSecond: work.bytes / row.seconds,
    itemsPerSecond: work.items / row.seconds,
    ratio: row.seconds / first,
  }));
}

/** The rows as a table of at most 80 columns. */
export function ratioTable(rows: readonly Row[], { item }: { readonly item: string }): readonly string[] {
  const head = `  ${"".padEnd(36)}${"MB/s".padStart(10)}${`${item}/s`.padStart(14)}${"time".padStart(10)}`;
  return [
    head,
    ...rows.map(({ name, bytesPerSecond, itemsPerSecond, ratio }) => {
      const perSecond = itemsPerSecond >= 1e6 ? `${(itemsPerSecond / 1e6).toFixed(1)} M` : `${(itemsPerSecond / 1e3).toFixed(0)} k`;
      return `  ${name.padEnd(36)}${(bytesPerSecond / 1e6).toFixed(0).padStart(10)}${perSecond.padStart(14)}${`${ratio.toFixed(ratio < 10 ? 2 : 0)} x`.padStart(10)}`;
    }),
  ];
}
