import { Bench } from "tinybench";

/** One measured task. */
export type Row = {
  readonly name: string;
  readonly bytesPerSecond: number;
  readonly itemsPerSecond: number;
  /** Time relative to the first task of the same run: 2 means twice as long. */
  readonly ratio: number;
};

/** Runs the tasks in one run, in turns, and relates each to the first. */
export async function measure(
  tasks: Readonly<Record<string, () => void>>,
  work: { readonly bytes: number; readonly items: number },
  { milliseconds = 400 }: { readonly milliseconds?: number } = {},
): Promise<readonly Row[]> {
  const bench = new Bench({ time: milliseconds, warmupTime: milliseconds / 4 });
  for (const [name, task] of Object.entries(tasks)) bench.add(name, task);
  await bench.run();
  const medians = bench.tasks.map(({ name, result }) => {
    if (result.state !== "completed")
      throw new Error(`The benchmark "${name}" did not run.`, { cause: "error" in result ? result.error : undefined });
    return { name, seconds: result.latency.p50 / 1000 };
  });
  const first = medians[0]?.seconds ?? 1;
  return medians.map(({ name, seconds }) => ({
    name,
    bytesPerSecond: work.bytes / seconds,
    itemsPerSecond: work.items / seconds,
    ratio: seconds / first,
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
