import { performance } from "node:perf_hooks";
import { parentPort } from "node:worker_threads";

/** Each round measures the workload and the plain loop for so long, in milliseconds; the best round counts. */
const roundLength = 12;
const rounds = 16;

/**
 * Measures a workload beside a plain loop in the same run, and reports to the thread that asked. A computer that is twice as fast is so for
 * both: their ratio can be compared.
 */
export function measureHere(workload: () => void): void {
  const plain = plainLoop();
  let [best, bestPlain] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  // The first rounds are for the compiler, and are never the best.
  for (let round = 0; round < rounds; round++) {
    best = Math.min(best, timeOf(workload));
    bestPlain = Math.min(bestPlain, timeOf(plain));
  }
  const port = parentPort;
  if (port !== null) port.postMessage(best / bestPlain);
}

/** Milliseconds for one call. */
function timeOf(work: () => void): number {
  const started = clock();
  let calls = 0;
  let elapsed = 0;
  for (; elapsed < roundLength; elapsed = clock() - started) {
    work();
    calls++;
  }
  return elapsed / calls;
}

/** The processor's time, in milliseconds: what other programs take does not count. Windows tells it in steps that are too long. */
function clock(): number {
  if (process.platform === "win32") return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** What the labs do all day: look at bytes, copy some, keep something under a name, make small objects. */
function plainLoop(): () => void {
  const bytes = Uint8Array.from({ length: 2_048 }, (_, index) => index * 7);
  const names = Array.from({ length: 64 }, (_, index) => `10.0.0.${index}`);
  return () => {
    const kept = new Map<string, { readonly at: number; readonly sum: number }>();
    let sum = 0;
    for (const [at, name] of names.entries()) {
      for (const byte of bytes.slice(at, at + 128)) sum = (sum + byte) & 0xffff;
      kept.set(name, { at, sum });
    }
    if (kept.size !== names.length) throw new Error("The plain loop is wrong.");
  };
}
