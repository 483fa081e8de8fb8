import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "#launch/root.mjs";
import type { SubmissionGrade } from "../model/grade.ts";
import { memorySubmission } from "../model/memory-submission.ts";
import { gradeSubmission } from "../run/grade-submission.ts";
import { type GradeLimits, usualLimits } from "../run/limits.ts";
import type { Sandbox } from "../sandbox/confined.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { type Attack, hostileHeartbeat, type Targets } from "./attack.ts";

/** What an attack got, and what it did. */
type Battle = {
  readonly grade: SubmissionGrade;
  /** The grade of a good submission that was graded at the same time. */
  readonly bystander: SubmissionGrade;
  /** Everything that was printed, and that failures say. */
  readonly said: string;
  /** Connections that came to the grader's listener. */
  readonly calls: number;
  /** What stands in the file of results now. */
  readonly results: string;
  /** Processes that are left. */
  readonly left: readonly number[];
};

/** A grader with something to lose. */
export type BattleGround = {
  readonly sandbox: Sandbox;
  readonly targets: Targets;
  /** Grades the attack, and a good submission beside it. */
  readonly fight: (attack: Attack | undefined, good: Readonly<Record<string, string>>) => Promise<Battle>;
  readonly close: () => Promise<void>;
};

/** Less patience than a grader has: what never ends is to be seen not to end, many times. */
export const impatient: GradeLimits = {
  ...usualLimits,
  check: { cpu: 300, clock: 3_000 },
  laterCheck: { cpu: 80, clock: 1_000 },
  loading: { cpu: 300, clock: 3_000 },
  submission: 6_000,
  output: 1024 * 1024,
  sandbox: { heap: 128, memory: 512, tasks: 64, files: 16 },
};

export async function openBattleGround(): Promise<BattleGround> {
  const folder = mkdtempSync(join(tmpdir(), "kit-attacks-"));
  const file = join(folder, "results.json");
  const secret = randomUUID();
  const results = JSON.stringify({ secret });
  const token = `kit-attack-${randomUUID()}`;
  let calls = 0;
  let { submission } = impatient;
  const listener = createServer((socket) => {
    calls++;
    socket.on("error", () => {}).destroy();
  }).listen(0);
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  process.env["KIT_GRADER_SECRET"] = secret;
  const sandbox = await openSandbox();
  const told = { file, secret: "", port, pid: process.pid, root, token };

  return {
    sandbox,
    targets: { ...told, secret },
    fight: async (attack, good) => {
      const begun = performance.now();
      writeFileSync(file, results, { mode: 0o600 });
      calls = 0;
      const hostile = memorySubmission("hostile", { "lab-3-heartbeat/heartbeat.ts": hostileHeartbeat(attack, told) });
      const settings = { labs: ["lab-3"], seed: 4006, sandbox } as const;
      const [grade, bystander] = await Promise.all([
        gradeSubmission(hostile, { ...settings, limits: { ...impatient, submission } }),
        gradeSubmission(memorySubmission("bystander", good), settings),
      ]);
      // Code that behaves shows how busy this computer is. So long, and a little more, is enough to see how an attack is stopped, more than once.
      if (attack === undefined) submission = 1_000 + 2 * (performance.now() - begun);
      return { grade, bystander, said: saidIn(grade), calls, results: readFileSync(file, "utf8"), left: processesWith(token) };
    },
    close: async () => {
      delete process.env["KIT_GRADER_SECRET"];
      await sandbox.close();
      listener.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function saidIn({ labs }: SubmissionGrade): string {
  return labs
    .flatMap(({ checks }) => checks)
    .map(({ printed = "", missing = "", failure }) => [printed, missing, JSON.stringify(failure ?? "")].join("\n"))
    .join("\n");
}

/** The processes in whose command line `token` stands, but for those that have ended and that nobody has seen yet. */
function processesWith(token: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(token);
      } catch {
        return false;
      }
    });
}
