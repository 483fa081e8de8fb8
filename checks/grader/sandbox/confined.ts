import type { ChildProcess } from "node:child_process";
import type { Duplex } from "node:stream";
import type { Loopback } from "#checks/harness/loopback.ts";
import type { Tier } from "../model/grade.ts";
import type { SandboxTun } from "./tun-in-sandbox.ts";

/** What a program in a sandbox may use. */
export type Bounds = {
  /** MiB of objects, in each process. */
  readonly heap: number;
  /** MiB of everything, in all its processes together. */
  readonly memory: number;
  /** Processes and threads together. Node itself has a dozen. */
  readonly tasks: number;
  /** MiB of a file, and of all files together. */
  readonly files: number;
};

export const usualBounds: Bounds = { heap: 512, memory: 1_536, tasks: 64, files: 64 };

/** What all processes of a program together have used. */
export type Usage = {
  /** Milliseconds of a processor. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
};

/** A program that runs in a sandbox. */
export type Confined = {
  readonly process: ChildProcess;
  /** To the program's file descriptor 3, both ways. */
  readonly talk: Duplex;
  readonly usage: () => Usage;
  /** Whether the kernel has ended something of it because it took more memory than it may. */
  readonly ranOutOfMemory: () => boolean;
  /** Ends it and everything that it has started. Afterwards nothing of it runs. */
  readonly kill: () => Promise<void>;
  /** Where servers that it runs are reached. */
  readonly loopback: Loopback;
};

/** How programs that nobody trusts are started. */
export type Cage = {
  /** What it is called in sentences: `bubblewrap`. */
  readonly name: string;
  /** Starts Node with this JavaScript, with a TUN device if one is wanted. Rejects when it cannot be started here. */
  readonly start: (program: string, bounds?: Bounds, tun?: SandboxTun) => Promise<Confined>;
  readonly close: () => Promise<void>;
};

/** A cage of which is known what it holds. */
export type Sandbox = Cage & {
  readonly tier: Tier;
  /** What was tried in it, a sentence each. */
  readonly probes: readonly string[];
};
