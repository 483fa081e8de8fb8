import { describe, expect, it } from "vitest";
import { exampleClass } from "./example/example-class.ts";
import { realStories } from "./example/real-stories.ts";
import { schemaFaults } from "./example/schemas.ts";
import { whyNoGrade } from "./why-no-grade.ts";
import { writers } from "./writers.ts";

// All formats of a class as it could be, with failures of programs that are really wrong. What is in them is tested beside each.

const stories = await realStories(1);
const grades = await exampleClass({ submissions: 24, seed: 4006, stories, hostile: true, hiddenReleased: false });
const json = {
  gradescope: schemaFaults("gradescope-results.schema.json"),
  ctrf: schemaFaults("ctrf-0.0.schema.json"),
  classroom50: schemaFaults("classroom50-result.schema.json"),
};

describe("a class of two dozen", () => {
  it("has real failures", () => {
    expect(stories.size).toBe(5);
    for (const { headline, story } of stories.values()) expect([headline, story.length > 0]).toEqual([expect.stringMatching(/./), true]);
  });

  it.each(Object.entries(json))("fits the schema of %s", (format, faults) => {
    const files = writers[format as keyof typeof json](grades);
    const published = grades.grades.filter((grade) => whyNoGrade(grade) === undefined).length;
    expect(files).toHaveLength(format === "ctrf" ? 24 : published);
    expect(published).toBeGreaterThan(20);
    for (const { path, content } of files) expect([path, faults(JSON.parse(content))]).toEqual([path, []]);
  });

  it("is written to paths of its own, below the folder", () => {
    const paths = Object.values(writers).flatMap((write) => write(grades).map(({ path }) => path));
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(path).toMatch(/^(submissions\/[\w][\w.-]*\/)?[a-z0-9-]+\.(html|csv|xml|md|json)$/);
  });

  it("is written the same from the same", () => {
    for (const write of Object.values(writers)) expect(write(grades)).toEqual(write(grades));
  });
});
