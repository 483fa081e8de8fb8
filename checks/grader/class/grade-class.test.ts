import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { memorySubmission } from "#checks/grader/model/memory-submission.ts";
import { type ClassRun, gradeClass, type Planned } from "./grade-class.ts";
import { madeUpGrade, madeUpHash } from "./made-up-grade.ts";
import { findGrade } from "./run-folder.ts";

const planned = (...ids: readonly string[]): readonly Planned[] =>
  ids.map((id) => ({ id, about: { id, students: [] }, read: async () => memorySubmission(id, { "lab-3-heartbeat/heartbeat.ts": id }) }));

async function classRun(more: Partial<ClassRun>): Promise<ClassRun> {
  return {
    planned: planned("ann", "bob", "cid", "dan"),
    folder: { path: join(await temporaryFolder(), "grades"), shown: "grades" },
    jobs: 1,
    signal: new AbortController().signal,
    grade: async (submission) => madeUpGrade(submission),
    ungraded: async (submission, problem) => ({ ...madeUpGrade({ ...submission, files: [] }, 0), problem }),
    finish: (grade) => grade,
    hashOf: madeUpHash,
    onDone: () => undefined,
    ...more,
  };
}

it("grades come in the order of the plan, whichever is done first", async () => {
  const waiting: (() => void)[] = [];
  const run = await classRun({
    jobs: 4,
    grade: async (submission) => {
      // The last one to begin lets the others go, latest first.
      if (submission.id === "dan") for (const go of waiting.toReversed()) go();
      else await new Promise<void>((go) => waiting.push(go));
      return madeUpGrade(submission);
    },
  });
  expect((await gradeClass(run)).map(({ submission }) => submission.id)).toEqual(["ann", "bob", "cid", "dan"]);
});

it("an interruption keeps what is finished, and not what it cut short", async () => {
  const interruption = new AbortController();
  const run = await classRun({
    signal: interruption.signal,
    grade: async (submission) => {
      if (submission.id === "cid") interruption.abort();
      return madeUpGrade(submission);
    },
  });
  expect((await gradeClass(run)).map(({ submission }) => submission.id)).toEqual(["ann", "bob"]);
  expect(["ann", "bob", "cid", "dan"].map((id) => findGrade(run.folder, id)?.total)).toEqual([7, 7, undefined, undefined]);
});

it("a submission that cannot be read has a problem, without this computer's paths, and is tried again", async () => {
  let attempts = 0;
  const [first, second] = planned("ann", "bob");
  if (first === undefined || second === undefined) throw new Error("too few");
  const read = async () => {
    attempts++;
    throw Object.assign(new Error("EACCES: permission denied, open '/home/teacher/ann.zip'"), { code: "EACCES" });
  };
  const run = await classRun({ planned: [{ ...first, read }, second] });
  for (const times of [1, 2]) {
    const [grade] = await gradeClass(run);
    expect(grade?.problem).toBe("The submission cannot be read: EACCES: permission denied");
    expect(attempts).toBe(times);
  }
  expect(findGrade(run.folder, "ann")?.problem).toContain("EACCES");
});

it("trouble with one grade stops the others, and is told", async () => {
  const run = await classRun({
    finish: (grade) => {
      if (grade.submission.id === "bob") throw new Error("no room");
      return grade;
    },
  });
  await expect(gradeClass(run)).rejects.toThrow("no room");
  expect(existsSync(join(run.folder.path, "grades", "ann.json"))).toBe(true);
  expect(existsSync(join(run.folder.path, "grades", "cid.json"))).toBe(false);
});
