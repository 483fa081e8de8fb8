import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lab1 } from "#checks/lab-1-codec/lab.ts";
import type { CheckResult } from "../check-result.ts";
import { defaultSeed } from "../seed.ts";
import { carryCheck, checksumCheck, checksumThat, encodeCheck, labWith, shortLimits } from "./broken-lab.ts";
import { usualLimits } from "./limits.ts";
import { prepareWorker } from "./prepare.ts";
import { lostHeadline, supervise } from "./supervise.ts";
import { waitsForEver } from "./watch-worker.ts";

const ids = [checksumCheck, carryCheck, encodeCheck];
const lab = lab1 as never;

async function check(files: Readonly<Record<string, string>>, wanted: readonly string[] = ids, limits = shortLimits) {
  const told: string[] = [];
  const worker = await prepareWorker("lab-1", labWith(files));
  const results = await supervise(worker, lab, wanted, defaultSeed, ({ id }) => told.push(id), limits);
  expect(results.map(({ id }) => id)).toEqual(wanted);
  expect(told.toSorted()).toEqual(wanted.toSorted());
  return results;
}

const until = async (files: Readonly<Record<string, string>>, limits = usualLimits) =>
  supervise(await prepareWorker("lab-1", labWith(files)), lab, ids, defaultSeed, undefined, limits, { untilFailure: true });

const statuses = (results: readonly CheckResult[]) => results.map(({ status }) => status);
const headline = (result: CheckResult | undefined) => result?.failure?.headline;
const detail = (result: CheckResult | undefined) => result?.failure?.detail.map(({ text }) => text);

/** Only for the eight bytes of the RFC's example. */
const forTheExample = "bytes.length === 8 && bytes[2] === 0xf2";

describe("a lab that does well", () => {
  it("passes, with its points", async () => {
    const results = await check({});
    expect(results.map(({ id, status, earned, points }) => ({ id, status, earned, points }))).toEqual(
      ids.map((id) => ({ id, status: "passed", earned: lab1.points[id], points: lab1.points[id] })),
    );
  });

  it("is done when its checks are, whatever it leaves running", async () => {
    const leaving = { "message.ts": "setInterval(() => {}, 1000);\nexport const encodeMessage = () => 1;" };
    // Nobody's patience ends it here.
    const patient = { ...shortLimits, check: 600_000, loading: 600_000 };
    expect(statuses(await check(leaving, ids, patient))).toEqual(["passed", "passed", "failed"]);
  });
});

describe("a run until the first failure", () => {
  it("ends behind it, with the results so far", async () => {
    const results = await until({ "internet-checksum.ts": checksumThat(`if (${forTheExample}) return 0;`) });
    expect(results.map(({ id, status }) => [id, status])).toEqual([[checksumCheck, "failed"]]);
    expect(statuses(await until({ "message.ts": "export const encodeMessage = () => 1;" }))).toEqual(["passed", "passed", "failed"]);
  });

  it("ends at a check that must be stopped", async () => {
    const results = await until({ "internet-checksum.ts": checksumThat("for (;;);") }, shortLimits);
    expect(statuses(results)).toEqual(["endless"]);
  });

  it("ends with the last check when none fails", async () => {
    expect(statuses(await until({}))).toEqual(["passed", "passed", "passed"]);
  });
});

describe("a lab that does not end", () => {
  it("is stopped in the check where it loops, and goes on behind it", async () => {
    const results = await check({ "internet-checksum.ts": checksumThat(`while (${forTheExample});`) });
    expect(statuses(results)).toEqual(["endless", "passed", "passed"]);
    expect(headline(results[0])).toBe("stopped: it did not end within 1.5 s; is there a loop that never ends?");
    expect(results[0]).toMatchObject({ id: checksumCheck, earned: 0, points: 1 });
  });

  it("is given less time once that is known", async () => {
    const results = await check({ "internet-checksum.ts": checksumThat("for (;;);") });
    expect(statuses(results)).toEqual(["endless", "endless", "passed"]);
    expect(headline(results[1])).toContain("within 0.7 s");
  });

  it("is asked for a loop, unless it is known to wait for nothing", () => {
    expect(lostHeadline("endless", "it did not end within 3 s")).toContain("is there a loop that never ends?");
    expect(lostHeadline("endless", waitsForEver)).toBe("stopped: it waits for a promise that nothing will ever settle");
  });

  it("is found once when it loops while it loads, and costs the checks that need the file", async () => {
    const results = await check({ "internet-checksum.ts": "for (;;);\nexport const internetChecksum = () => 0;" });
    expect(statuses(results)).toEqual(["failed", "failed", "passed"]);
    expect(headline(results[0])).toBe("the file with internetChecksum cannot be loaded");
    expect(detail(results[0])).toEqual(["Error: it did not end within 1.5 s"]);
  });

  it("is stopped when it waits while it loads for what never comes", async () => {
    const results = await check({
      "internet-checksum.ts": "await new Promise(() => {});\nexport const internetChecksum = () => 0;",
    });
    expect(statuses(results)).toEqual(["failed", "failed", "passed"]);
    expect(detail(results[0])).toEqual(["Error: it waits for a promise that nothing will ever settle"]);
  });
});

describe("a lab that takes its thread down", () => {
  it("by process.exit costs the check in which it does", async () => {
    const results = await check({ "internet-checksum.ts": checksumThat(`if (${forTheExample}) process.exit(0);`) });
    expect(statuses(results)).toEqual(["crashed", "passed", "passed"]);
    expect(headline(results[0])).toBe("your code took the check down: it ended the process (exit code 0)");
  });

  it("by process.exit while it loads costs the checks that need the file", async () => {
    const results = await check({ "internet-checksum.ts": "process.exit(3);\nexport const internetChecksum = () => 0;" });
    expect(statuses(results)).toEqual(["failed", "failed", "passed"]);
    expect(detail(results[0])).toEqual(["Error: it ended the process (exit code 3)"]);
  });

  it("by filling the memory with objects costs one check", async () => {
    const hog = `if (${forTheExample}) { const all: unknown[] = []; for (;;) all.push(Array.from({ length: 100 }, (_, i) => ({ i }))); }`;
    const results = await check({ "internet-checksum.ts": checksumThat(hog) }, ids, { ...shortLimits, check: 60_000 });
    expect(statuses(results)).toEqual(["crashed", "passed", "passed"]);
    expect(headline(results[0])).toBe("your code took the check down: it ran out of memory (96 MiB)");
  });

  it("by filling the memory with bytes costs one check", async () => {
    const hog = `if (${forTheExample}) { const all: unknown[] = []; for (;;) all.push(new Uint8Array(1 << 23).fill(1)); }`;
    const results = await check({ "internet-checksum.ts": checksumThat(hog) }, ids, { ...shortLimits, check: 60_000, memory: 200 });
    expect(statuses(results)).toEqual(["crashed", "passed", "passed"]);
    expect(headline(results[0])).toBe("your code took the check down: it took more than 200 MiB of memory");
  });
});

describe("a lab that throws where nobody catches", () => {
  it("while it loads costs the checks that need the file", async () => {
    const results = await check({ "internet-checksum.ts": 'throw new RangeError("at import");\nexport const internetChecksum = () => 0;' });
    expect(statuses(results)).toEqual(["failed", "failed", "passed"]);
    expect(headline(results[1])).toBe("the file with internetChecksum cannot be loaded");
    expect(detail(results[1])).toEqual(["RangeError: at import", "at lab-1-codec/internet-checksum.ts:1:7"]);
  });

  it("in a promise costs the check in which it does, with the place", async () => {
    const results = await check({
      "internet-checksum.ts": checksumThat(`if (${forTheExample}) void Promise.reject(new RangeError("stray"));`),
    });
    expect(statuses(results)).toEqual(["failed", "passed", "passed"]);
    expect(headline(results[0])).toMatch(/^your code threw outside of any call/);
    expect(detail(results[0])).toEqual([
      "RangeError: stray",
      expect.stringMatching(/^at lab-1-codec\/internet-checksum\.ts:3:\d+ internetChecksum$/),
    ]);
  });

  it("in a promise is found in the last check too", async () => {
    const results = await check({ "internet-checksum.ts": checksumThat('void Promise.reject(new Error("stray"));') }, [carryCheck]);
    expect(statuses(results)).toEqual(["failed"]);
  });

  it("in a callback costs the check in which it does", async () => {
    const results = await check({
      "internet-checksum.ts": checksumThat(`if (${forTheExample}) process.nextTick(() => { throw new TypeError("later"); });`),
    });
    expect(statuses(results)).toEqual(["failed", "passed", "passed"]);
    expect(detail(results[0])?.[0]).toBe("TypeError: later");
  });
});

describe("a fault of the kit", () => {
  it("is told as one, and is no result", async () => {
    const worker = await prepareWorker("lab-1", labWith({}));
    await expect(supervise(worker, lab, ["lab-1.unheard-of"], defaultSeed)).rejects.toThrow(/at fault.*No check lab-1\.unheard-of/s);
  });

  it.each([
    ["ends before it begins", "process.exit(4);", "it ended the process (exit code 4)", 60_000],
    ["does not load", "for (;;);", "it did not end within 0.3 s", 300],
  ])("such as a worker that %s ends the run", async (_name, text, sentence, starting) => {
    const folder = mkdtempSync(join(tmpdir(), "kit-worker-"));
    try {
      writeFileSync(join(folder, "worker.mjs"), text);
      const run = supervise({ program: join(folder, "worker.mjs"), file: "none" }, lab, ids, defaultSeed, undefined, {
        ...shortLimits,
        starting,
      });
      await expect(run).rejects.toThrow(`The checks of lab-1 could not be begun: ${sentence}.`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("what a lab prints", () => {
  it("is told with the check in which it did, and not with others", async () => {
    const results = await check({
      "internet-checksum.ts": checksumThat('console.log("sum of", bytes.length); console.error("careful");'),
      "message.ts": 'console.log("loaded");\nexport const encodeMessage = () => new Uint8Array();',
    });
    expect(results.map(({ printed }) => printed)).toEqual([
      "sum of 8\ncareful\n",
      expect.stringMatching(/^(?:sum of \d+\ncareful\n)+$/),
      undefined,
    ]);
  });

  it("is there when the check never ends", async () => {
    const results = await check({ "internet-checksum.ts": checksumThat('console.log("before"); for (;;);') }, [checksumCheck]);
    expect(results[0]).toMatchObject({ status: "endless", printed: "before\n" });
  });

  it("is cut when it is very much, each check anew", async () => {
    const results = await check({
      "internet-checksum.ts": checksumThat('for (let i = 0; i < 20_000; i++) console.log("x".repeat(200));'),
    });
    expect(statuses(results)).toEqual(["passed", "passed", "passed"]);
    for (const { printed } of results.slice(0, 2)) {
      expect(printed?.length).toBeGreaterThan(1_900);
      expect(printed?.length).toBeLessThan(2_100);
      expect(printed).toMatch(/…$/);
    }
  });
});
