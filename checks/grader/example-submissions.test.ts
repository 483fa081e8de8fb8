import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { exampleArchives, examplesFolder } from "./example-submissions.ts";
import { readSubmission } from "./intake/read-submission.ts";
import { findSources } from "./intake/submission-source.ts";
import { staleExamples } from "./write-examples.ts";

describe.skipIf(!hasReference)("the example submissions", () => {
  it("are what the reference makes of them (npm run skeletons writes them anew)", async () => {
    expect((await staleExamples()).map(({ name }) => name)).toEqual([]);
    expect(readdirSync(examplesFolder).toSorted()).toEqual([...exampleArchives().map(({ name }) => name), "half-done"].toSorted());
  });

  it("are taken as they are meant", async () => {
    const sources = findSources(readdirSync(examplesFolder).map((name) => join(examplesFolder, name)));
    const read = await Promise.all(sources.map((source) => readSubmission(source, undefined)));
    expect(read.map(({ id, files, refused }) => [id, files.length, refused.length])).toEqual([
      ["finished", 16, 0],
      ["half-done", 3, 0],
      ["hostile", 1, 8],
      ["misconception", 16, 0],
      ["not-started", 16, 0],
    ]);
  });
});
