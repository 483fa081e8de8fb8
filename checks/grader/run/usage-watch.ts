import type { Confined } from "../sandbox/confined.ts";
import type { GradeLimits, Patience } from "./limits.ts";
import type { Stop } from "./stop.ts";

/** How often is looked at what the processes use, in milliseconds. */
const look = 100;

/** Looks from outside, again and again, at what a confined program uses, and stops it when that is too much. */
export function watchUsage(
  confined: Confined,
  limits: GradeLimits,
  stop: (why: Stop) => void,
): {
  /** From now on, it may take so long. */
  readonly allow: (patience: Patience) => void;
  /** Looks no more. */
  readonly end: () => void;
} {
  let allowed: { readonly patience: Patience; readonly cpu: number; readonly since: number } | undefined;

  const watch = setInterval(() => {
    const used = confined.usage();
    if (used.memory > limits.sandbox.memory) return stop(tookTooMuchMemory(limits));
    if (allowed === undefined) return;
    const { patience, cpu, since } = allowed;
    if (used.cpu - cpu > patience.cpu) return stop({ reason: "timeout", sentence: `it did not end within ${patience.cpu / 1000} s` });
    if (performance.now() - since > patience.clock)
      stop({ reason: "timeout", sentence: `it waited for more than ${patience.clock / 1000} s` });
  }, look);

  return {
    allow: (patience) => {
      allowed = { patience, cpu: confined.usage().cpu, since: performance.now() };
    },
    end: () => clearInterval(watch),
  };
}

export function tookTooMuchMemory({ sandbox }: GradeLimits): Stop {
  return { reason: "out-of-memory", sentence: `it took more than ${sandbox.memory} MiB of memory` };
}
