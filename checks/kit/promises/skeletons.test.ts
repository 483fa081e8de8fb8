import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readMarkdown } from "#checks/harness/markdown-page.ts";
import { implementationOn, runLab } from "#checks/harness/run/run-lab.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { driftOf } from "#checks/skeleton/compare.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { hasReference, type Implementation, implementationFrom, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { registeredLabs } from "./registered-labs.ts";

mkdirSync(join(root, ".kit"), { recursive: true });
const folder = mkdtempSync(join(root, ".kit", "skeletons-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The pristine skeletons, in a folder of their own: what stands in labs/ may be somebody's work. */
for (const lab of labIds) {
  mkdirSync(join(folder, labFolders[lab]));
  for (const { name, text } of skeletonOf(lab)) writeFileSync(join(folder, labFolders[lab], name), text);
}
const pristine = Object.fromEntries(labIds.map((lab) => [lab, join(folder, labFolders[lab])])) as Implementation;

describe("a pristine skeleton", () => {
  it.each(registeredLabs)("of $id type-checks, and fails every check as not started", async (lab) => {
    const ids = lab.checks.map(({ id }) => id);
    const earlier = hasReference ? implementationFrom("reference") : pristine;
    const result = await runLab({ checks: lab, ids, implementation: implementationOn(lab.id, pristine, earlier), seed: defaultSeed });
    expect(result.typeFaults).toEqual([]);
    expect(
      result.checks.filter(({ status }) => status !== "not-started").map(({ id, status, failure }) => ({ id, status, failure })),
    ).toEqual([]);
    expect(result.checks.length).toBeGreaterThan(0);
    expect(result.checks.filter(({ missing }) => missing === undefined)).toEqual([]);
  });

  it.each(labIds.flatMap((lab) => skeletonOf(lab).map(({ name, text }) => ({ file: `${labFolders[lab]}/${name}`, text }))))(
    "$file names its task and its handout section",
    ({ text }) => {
      expect(text).toMatch(/Your task/);
      const [, task, handout = ""] = /notImplemented\(\s*"(lab-\d [^"]+)",\s*"(docs\/[\w.-]+\.md#[\w-]+)"/.exec(text) ?? [];
      expect(task).toBeDefined();
      expect(handout).not.toBe("");
      const [page = "", section] = handout.split("#");
      expect(text).toContain(page);
      expect(readMarkdown(readFileSync(join(root, page), "utf8")).anchors).toContain(section);
      expect(text).not.toMatch(/SOLUTION|STUB/);
    },
  );
});

/** A maintainer changes reference/ and runs `npm run skeletons`; a student changes labs/ and runs `npm run check`. */
describe.skipIf(!hasReference)("labs/", () => {
  it.each(labIds)("holds the skeleton of %s, as reference/ makes it", (lab) => {
    expect(
      driftOf(lab),
      "labs/ differs from what reference/ makes. If you changed the reference, run npm run skeletons. If this is your own work on a lab, nothing is wrong: npm run check is your command, npm test is the kit's own.",
    ).toEqual([]);
  });
});
