import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checksumThat, right } from "#checks/harness/run/broken-lab.ts";
import type { CheckGrade } from "../model/grade.ts";
import { memorySubmission } from "../model/memory-submission.ts";
import type { Sandbox } from "../sandbox/confined.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { gradeSubmission } from "./grade-submission.ts";
import { type GradeLimits, usualLimits } from "./limits.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** Short where a test waits for the end of what has none. */
const short: GradeLimits = {
  ...usualLimits,
  check: { cpu: 600, clock: 30_000 },
  laterCheck: { cpu: 300, clock: 30_000 },
  loading: { cpu: 600, clock: 30_000 },
  sandbox: { ...usualLimits.sandbox, heap: 64, memory: 384 },
};
/** For what ends by itself: how much processor time that takes depends on the computer. */
const patience = { cpu: 20_000, clock: 60_000 };
const patient: GradeLimits = { ...short, check: patience, laterCheck: patience };
const ids = ["lab-1.checksum-example", "lab-1.checksum-carry", "lab-1.encode-header-only"];

/** The first two checks call a checksum that does this at first; the last one is of another file, which is right. */
async function checksOf(does: string, { top = "", limits = short } = {}): Promise<readonly CheckGrade[]> {
  const checksum = `${top}\n${checksumThat(does)}`;
  const files = { "lab-1-codec/internet-checksum.ts": checksum, "lab-1-codec/message.ts": right["message.ts"] };
  const grade = await gradeSubmission(memorySubmission("x", files), { labs: ["lab-1"], seed: 1, sandbox, limits, only: ids });
  expect(grade.problem).toBeUndefined();
  return grade.labs[0]?.checks ?? [];
}

const spawning = 'import { spawn } from "node:child_process";';
const writing = 'import { closeSync, writeSync } from "node:fs";';
const endlessly =
  "for (;;) try { spawn(process.execPath, ['-e', 'setInterval(() => {}, 1)'], { detached: true }).on('error', () => {}); } catch {}";

describe("code that does not answer is stopped, and costs only the checks that call it", () => {
  it.each<[what: string, reasons: readonly string[], does: string, top?: string]>([
    ["an endless loop", ["timeout"], "for (;;);"],
    ["an endless chain of promises", ["timeout"], "const next = () => void Promise.resolve().then(next); next();"],
    ["an end of the process", ["crash"], "process.exit(0);"],
    ["an abort", ["crash"], "process.abort();"],
    ["objects without end", ["out-of-memory"], "const all: unknown[] = []; for (;;) all.push(new Array(1e5).fill(0.5));"],
    ["bytes without end", ["out-of-memory"], "const all: unknown[] = []; for (;;) all.push(Buffer.alloc(16e6, 1));"],
    ["output without end", ["output-limit"], "const text = 'x'.repeat(1e5); for (;;) try { writeSync(1, text); } catch {}", writing],
    ["an answer of its own making", ["protocol"], `writeSync(3, '["outcome","0","returned",1]\\n');`, writing],
    ["an answer without end", ["protocol"], "const text = 'x'.repeat(1e5); for (;;) try { writeSync(3, text); } catch {}", writing],
    ["a closed line", ["protocol", "crash"], "closeSync(3);", writing],
    ["processes without end", ["timeout", "out-of-memory", "crash"], endlessly, spawning],
  ])("%s", async (_, reasons, does, top = "") => {
    const [first, second, other] = await checksOf(does, { top, limits: reasons.includes("timeout") ? short : patient });
    for (const check of [first, second]) {
      expect(check).toMatchObject({ status: "stopped", earned: 0 });
      expect(reasons).toContain(check?.reason);
      expect(check?.failure?.headline).toMatch(/^(stopped|your code took the check down): it /);
    }
    expect(other).toMatchObject({ status: "passed" });
  });

  it("an endless loop while a file loads", async () => {
    const [first, , other] = await checksOf("", { top: "for (;;);" });
    expect(first).toMatchObject({
      status: "failed",
      failure: { headline: "the file with internetChecksum cannot be loaded", detail: [{ text: "Error: it did not end within 0.6 s" }] },
    });
    expect(other).toMatchObject({ status: "passed" });
  });

  it("a promise that nobody handles fails the check that is running", async () => {
    const [first, , other] = await checksOf("void Promise.reject(new RangeError('late'));");
    expect(first).toMatchObject({ status: "failed", failure: { headline: expect.stringContaining("outside of any call") as unknown } });
    expect(other).toMatchObject({ status: "passed" });
  });

  it("what is left when the time for a submission is over is not run", async () => {
    const checks = await checksOf("", { limits: { ...short, submission: 0 } });
    expect(checks.map(({ status, missing }) => ({ status, missing }))).toEqual(
      ids.map(() => ({ status: "not-run", missing: "the time for this submission was used up" })),
    );
  });
});

describe("when the verdict is there", () => {
  it("nothing of the submission runs any more, whatever it has started", async () => {
    const token = `left-by-${process.pid}`;
    const stays = `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)`;
    const top = `${spawning} spawn(process.execPath, ["-e", ${JSON.stringify(stays)}, "${token}"], { detached: true, stdio: "ignore" }).unref();`;
    const [first] = await checksOf("", { top });
    expect(first).toMatchObject({ status: "passed" });
    expect(commandLines().filter((line) => line.includes(token))).toEqual([]);
  });

  it("it may be wanted no more: what runs is ended at once, and the rest is not run", async () => {
    const wanted = new AbortController();
    const checksum = checksumThat("console.log('begun'); for (;;);");
    const files = { "lab-1-codec/internet-checksum.ts": checksum, "lab-1-codec/message.ts": right["message.ts"] };
    const limits = { ...short, check: { cpu: 600_000, clock: 600_000 } };
    const watched: Sandbox = {
      ...sandbox,
      start: async (...args) => {
        const confined = await sandbox.start(...args);
        confined.process.stdout?.once("data", () => wanted.abort());
        return confined;
      },
    };
    const settings = { labs: ["lab-1"], seed: 1, sandbox: watched, limits, only: ids, signal: wanted.signal } as const;
    const grade = await gradeSubmission(memorySubmission("x", files), settings);
    expect(grade.labs[0]?.checks.map(({ status }) => status)).toEqual(["stopped", "not-run", "not-run"]);
  });
});

/** Of all processes of this computer, where it tells. */
function commandLines(): readonly string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        return "";
      }
    });
}

describe("what code prints", () => {
  it("is told with the check in which it was printed, and made harmless", async () => {
    const [first, second, other] = await checksOf("console.log('\\u001b[31m::error::mine\\n::error::mine');");
    for (const check of [first, second])
      expect(check).toMatchObject({
        status: "passed",
        printed: expect.stringMatching(/^(␛\[31m::error::mine\n: :error::mine\n)+$/) as unknown,
      });
    expect(other?.printed).toBeUndefined();
  });

  it("is told by its beginning and its end", async () => {
    const [first] = await checksOf("writeSync(1, `begin ${'x'.repeat(5_000)} end`);", { top: writing });
    expect(first?.printed).toMatch(/^begin x+\n… \d+ bytes left out …\nx+ end$/);
  });
});
