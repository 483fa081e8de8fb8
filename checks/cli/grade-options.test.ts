import { describe, expect, it } from "vitest";
import { gradeHelp, readGradeOptions } from "./grade-options.ts";

describe("the grader's options", () => {
  it("are usual ones when nothing is said", () => {
    expect(readGradeOptions(["ann", "bob"])).toMatchObject({
      words: ["ann", "bob"],
      out: undefined,
      resume: false,
      labs: ["lab-1", "lab-2", "lab-3", "lab-4", "lab-5"],
      before: undefined,
      anonymous: false,
      course: "4over6",
      formats: ["html", "csv", "markdown"],
      shard: { index: 1, of: 1 },
      requireTier: undefined,
      timeouts: {},
      seed: 4006,
    });
  });

  it("are read", () => {
    const words =
      "--labs 3,lab-1 --before 2026-04-03T23:59+02:00 --formats junit --formats csv,html --jobs 4 --shard 2/4 --require-tier t1 --timeout 10,600 --seed 7";
    expect(readGradeOptions(words.split(" "))).toMatchObject({
      labs: ["lab-1", "lab-3"],
      before: new Date("2026-04-03T21:59:00Z"),
      formats: ["junit", "csv", "html"],
      jobs: 4,
      shard: { index: 2, of: 4 },
      requireTier: "T1",
      timeouts: { check: 10, submission: 600 },
      seed: 7,
    });
    expect(readGradeOptions(["--timeout", ",60"]).timeouts).toEqual({ submission: 60 });
  });

  it.each([
    ["--shard 3/2", "--shard 3/2: give a part and how many there are, such as 1/4."],
    ["--shard 0/2", "--shard 0/2: give a part"],
    ["--require-tier T3", "--require-tier T3: the tiers with which grades are made are T0, T1, T2."],
    ["--formats htlm", "--formats htlm: there are html, csv"],
    ["--timeout a", "--timeout a: give a whole number from 1 to 3600."],
    ["--timeout 1,2,3", "--timeout 1,2,3: give seconds for a check, and perhaps for a submission: 10,600."],
    ["--jobs 0", "--jobs 0: give a whole number from 1 to 256."],
    ["--before 2026-04-03", "--before 2026-04-03 is no moment"],
    ["--labs lab-7", "There is no lab lab-7."],
    ["--seed x", "--seed x: give a whole number"],
    ["--wrong", "Unknown option '--wrong'"],
  ])("%s is refused", (words, message) => expect(() => readGradeOptions(words.split(" "))).toThrow(message));

  it("are explained in 80 columns", () => {
    expect(gradeHelp.split("\n").filter((line) => line.length > 80 || line.endsWith(" "))).toEqual([]);
  });
});
