import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { build } from "esbuild";
import { root } from "#launch/root.mjs";
import type { Tier } from "../model/grade.ts";
import type { Cage } from "./confined.ts";

/** What a probe tries to get at. */
export type ProbeTargets = {
  /** A file that only the grader's user may read. */
  readonly file: string;
  /** Where the grader listens, on loopback. */
  readonly port: number;
  /** Stands in the environment of a process of the grader's. */
  readonly secret: string;
  /** Stands in the command line of the process that is to outlive its end. */
  readonly token: string;
};

/** How far the probe came. */
export type Findings = {
  readonly readsFiles: boolean;
  readonly reachesNetwork: boolean;
  readonly readsEnvironments: boolean;
  readonly seesProcesses: boolean;
  readonly changesProgram: boolean;
  readonly isRoot: boolean;
  /** The process that it has left behind, by the number that it knows. */
  readonly left: number;
};

export type Probed = Omit<Findings, "left"> & { readonly outlives: boolean };

/** How long a probe may take before the cage counts as unusable, in milliseconds: this computer may be very busy. */
const patience = 60_000;

/** Tries, in the very cage, what a submission must not be able to do. Rejects when nothing can be started in it. */
export async function probe(cage: Cage): Promise<Probed> {
  const folder = mkdtempSync(join(tmpdir(), "kit-probe-"));
  const file = join(folder, "canary");
  writeFileSync(file, "only the grader may read this", { mode: 0o600 });
  const listener = createServer((socket) => socket.on("error", () => {}).destroy()).listen(0);
  const secret = randomUUID();
  const canary = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { env: { KIT_CANARY: secret }, stdio: "ignore" });
  try {
    await Promise.all([once(listener, "listening"), once(canary, "spawn")]);
    const token = randomUUID();
    const { port } = listener.address() as AddressInfo;
    const confined = await cage.start(await probeProgram({ file, port, secret, token }));
    let findings: Findings;
    try {
      findings = await told(confined.process.stdout as Readable);
    } finally {
      await confined.kill();
    }
    return { ...findings, outlives: isThere(token, findings.left) };
  } finally {
    canary.kill("SIGKILL");
    listener.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function told(output: Readable): Promise<Findings> {
  const giveUp = setTimeout(() => output.destroy(), patience);
  try {
    for await (const line of createInterface({ input: output })) return JSON.parse(line) as Findings;
    throw new Error("a program in it says nothing");
  } finally {
    clearTimeout(giveUp);
  }
}

async function probeProgram(targets: ProbeTargets): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "checks/grader/sandbox/probe.program.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    define: { targets: JSON.stringify(targets) },
  });
  return outputFiles[0]?.text ?? "";
}

/** Whether the process runs. Its number means something only where processes are not kept apart; its command line is looked for everywhere. */
function isThere(token: string, number: number): boolean {
  let processes: readonly string[];
  try {
    processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return isRunning(number);
  }
  return processes.some((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(token);
    } catch {
      return false;
    }
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What the findings amount to. T0 is beyond this computer's knowledge. */
export function tierOf(probed: Probed): Exclude<Tier, "T0"> {
  const { readsFiles, readsEnvironments, changesProgram, outlives, isRoot, reachesNetwork, seesProcesses } = probed;
  if (readsFiles || readsEnvironments || changesProgram || outlives || isRoot) return "T3";
  return reachesNetwork || seesProcesses ? "T2" : "T1";
}

function can(able: boolean, what: string): string {
  return `${able ? "can" : "cannot"} ${what}`;
}

/** The findings in words. */
export function probeSentences(probed: Probed): readonly string[] {
  return [
    can(probed.readsFiles, "read a file of the grader or of another submission"),
    can(probed.reachesNetwork, "reach a port of the grading computer"),
    can(probed.readsEnvironments, "read the environment of the grader's processes"),
    can(probed.seesProcesses, "see processes of others"),
    can(probed.changesProgram, "change the program that it is run from"),
    can(probed.outlives, "outlive its end"),
    `${probed.isRoot ? "is" : "is not"} root`,
  ];
}
