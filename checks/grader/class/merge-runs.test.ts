import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { memorySubmission } from "#checks/grader/model/memory-submission.ts";
import { compareReceipts } from "./compare-receipts.ts";
import { compareRuns } from "./compare-runs.ts";
import { madeUpGrade } from "./made-up-grade.ts";
import { madeUpManifest } from "./made-up-manifest.ts";
import { copyParts, joinParts, makeNewFolder, type Part, readPart } from "./merge-runs.ts";
import { numberSubmissions } from "./number-students.ts";
import { keepGrade, keepManifest } from "./run-folder.ts";
import { type RunManifest, shareOf } from "./run-manifest.ts";

const ids = ["ann", "bob", "cid", "dan", "eve"];
const manifest = madeUpManifest(ids);
const submission = (id: string, text = id) => memorySubmission(id, { "lab-3-heartbeat/heartbeat.ts": text });

async function shard(index: number, of: number, settings: Partial<RunManifest> = {}): Promise<Part> {
  const folder = { path: await temporaryFolder(), shown: `shard-${index}` };
  keepManifest(folder, { ...manifest, shard: { index, of }, ...settings });
  for (const id of shareOf(settings.submissions ?? ids, { index, of })) keepGrade(folder, madeUpGrade(submission(id)), Buffer.from(id));
  return readPart(folder);
}

describe("shards", () => {
  it("are disjoint, as large as each other, and together everything", () => {
    for (const of of [1, 2, 3, 7]) {
      const shares = Array.from({ length: of }, (_, index) => shareOf(ids, { index: index + 1, of }));
      expect(shares.flat().toSorted()).toEqual(ids);
      expect(Math.max(...shares.map((share) => share.length)) - Math.min(...shares.map((share) => share.length))).toBeLessThan(2);
    }
  });

  it("are joined to the run that one computer would have made", async () => {
    const parts = [await shard(2, 3, { gradedAt: "2026-03-01T11:00:00.000Z" }), await shard(1, 3), await shard(3, 3)];
    const joined = joinParts(parts);
    expect(joined.grades.map(({ submission }) => submission.id)).toEqual(ids);
    expect(joined.manifest).toEqual({ ...manifest, gradedAt: "2026-03-01T11:00:00.000Z" });
    const to = { path: join(await temporaryFolder(), "all"), shown: "all" };
    makeNewFolder(to);
    copyParts(parts, joined.manifest, to);
    expect(readPart(to).grades).toEqual(joined.grades);
    expect(readFileSync(join(to.path, "taken", "eve.tar.gz"), "utf8")).toBe("eve");
    expect(() => makeNewFolder(to)).toThrow("all holds a run already; give a new folder.");
    mkdirSync(join(to.path, "..", "other"));
    writeFileSync(join(to.path, "..", "other", "photo.jpg"), "");
    expect(() => makeNewFolder({ path: join(to.path, "..", "other"), shown: "other" })).toThrow("other is not empty");
  });

  it("that do not belong together are not joined", async () => {
    const first = await shard(1, 2);
    expect(() => joinParts([])).toThrow("Give the folders");
    expect(() => joinParts([first])).toThrow("2 of 5 submissions are in none of these folders (bob, dan); given are the shards 1/2.");
    expect(() => joinParts([first, first])).toThrow("ann is in shard-1 and in shard-1; give each shard once.");
    for (const [settings, word] of [
      [{ seed: 2 }, "seed"],
      [{ kit: "sha256-other" }, "kit"],
      [{ checks: "sha256-other" }, "checks"],
      [{ tier: "T2" }, "sandbox tier"],
      [{ labs: ["lab-1"] }, "labs"],
    ] as const) {
      const other = await shard(2, 2, settings);
      expect(() => joinParts([first, other])).toThrow(`shard-1 and shard-2 were not graded alike: they differ in ${word}.`);
    }
    const other = await shard(2, 2, { submissions: [...ids, "fay"] });
    expect(() => joinParts([first, other])).toThrow("are parts of different classes: their lists of submissions differ.");
  });
});

describe("two runs", () => {
  const before = ids.map((id) => madeUpGrade(submission(id)));

  it("that are the same show no change", () => expect(compareRuns(before, before)).toEqual([]));

  it("are told apart by submission, check, adjustment and files", () => {
    const [ann, bob, cid, dan] = before;
    if (ann === undefined || bob === undefined || cid === undefined || dan === undefined) throw new Error("too few");
    const after = [
      madeUpGrade(submission("ann"), 10),
      { ...bob, adjustments: [{ kind: "override", points: 2, why: "explained" } as const], total: 9 },
      madeUpGrade(submission("cid", "other")),
      { ...dan, problem: "The grader itself failed" },
      madeUpGrade(submission("fay")),
    ];
    expect(compareRuns(before, after)).toEqual([
      {
        id: "ann",
        students: [],
        before: 7,
        after: 10,
        checks: [
          { id: "lab-3.regular", before: { status: "failed", earned: 7, points: 10 }, after: { status: "passed", earned: 10, points: 10 } },
        ],
        notes: [],
      },
      { id: "bob", students: [], before: 7, after: 9, checks: [], notes: ["now +2 explained"] },
      { id: "cid", students: [], before: 7, after: 7, checks: [], notes: ["other files were handed in"] },
      { id: "dan", students: [], before: 7, after: 7, checks: [], notes: ["could not be graded"] },
      { id: "eve", students: [], before: 7, after: undefined, checks: [], notes: ["only in the old run"] },
      { id: "fay", students: [], before: undefined, after: 7, checks: [], notes: ["only in the new run"] },
    ]);
  });
});

it("a repeated run says what is not the same", () => {
  const first = madeUpGrade(submission("ann"));
  expect(compareReceipts(first, madeUpGrade(submission("ann")))).toEqual([]);
  const again = madeUpGrade(submission("ann", "other"), 10);
  expect(
    compareReceipts(first, { ...again, receipt: { ...again.receipt, node: "v22.0.0", seed: 2 } }).map(({ what, before, after }) => [
      what,
      before,
      after,
    ]),
  ).toEqual([
    ["files of the submission", first.receipt.submission.slice(0, 19), again.receipt.submission.slice(0, 19)],
    ["Node", "v20.0.0", "v22.0.0"],
    ["seed", "1", "2"],
    ["verdicts", "sha256-7", "sha256-10"],
    ["lab-3.regular", "failed", "passed"],
  ]);
});

it("numbers for names are the same for the same seed, others for another, and tell nothing about the alphabet", () => {
  const many = Array.from({ length: 40 }, (_, index) => `student-${String(index).padStart(2, "0")}`);
  const numbers = numberSubmissions(many, 1);
  expect(numberSubmissions(many.toReversed(), 1)).toEqual(numbers);
  expect([...numbers.values()].toSorted()).toEqual(many.map((_, index) => `submission-${String(index + 1).padStart(3, "0")}`));
  expect([...numberSubmissions(many, 2)]).not.toEqual([...numbers]);
  expect(many.filter((id, index) => numbers.get(id) === `submission-${String(index + 1).padStart(3, "0")}`).length).toBeLessThan(6);
});
