import { expect, it } from "vitest";
import { checkStatistics } from "../class-statistics.ts";
import { check, classOf, grade, lab } from "../example/tiny-class.ts";
import { checkList } from "./check-list.ts";
import { render } from "./markup.ts";
import { poolStories } from "./story-pool.ts";
import { submissionPage } from "./submission-page.ts";

const failing = (headline: string) => check("a", "failed", { failure: { story: [], at: undefined, headline, detail: [] } });

it("puts together who fails in the same way, commonest first", () => {
  const pool = poolStories(
    classOf([grade("a", [lab([failing("one")])]), grade("b", [lab([failing("two")])]), grade("c", [lab([failing("two")])])]),
  );
  expect(pool.variantsOf("lab-1.a").map(({ number, submissions }) => [number, submissions])).toEqual([
    [1, ["b", "c"]],
    [2, ["a"]],
  ]);
  expect(pool.variantOf("a", "lab-1.a")?.number).toBe(2);
  expect(pool.variantOf("a", "lab-1.b")).toBeUndefined();
  expect(pool.repeated).toBe(true);
});

it("tells what several share once, and shortens the longest, so that a large class fits", () => {
  const long = Array.from({ length: 20 }, () => ({ kind: "note", text: "a long story ".repeat(5) }) as const);
  const grades = classOf(
    Array.from({ length: 6 }, (_, student) =>
      grade(`s${student}`, [
        lab([
          { ...failing("shared"), id: "lab-1.shared" },
          { ...failing("of one"), id: "lab-1.own", failure: { story: [], at: undefined, headline: `of s${student}`, detail: long } },
        ]),
      ]),
    ),
  );
  const pool = poolStories(grades, { repeated: 5_000, distinct: 4_000 });
  expect(pool.repeated).toBe(false);
  const lengths = [...pool.variantsOf("lab-1.shared"), ...pool.variantsOf("lab-1.own")].map(({ markup }) => markup.length);
  expect(lengths).toHaveLength(7);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(4_000);
  expect(pool.variantOf("s3", "lab-1.own")?.markup).toMatch(/of s3[\s\S]*lines left out/);
  const page = render(
    submissionPage(grades.grades[3] ?? grade("s3", []), pool, { before: "s2", after: undefined, alike: () => undefined }),
  );
  expect(page).toContain(`<a href="#v1.1">shared</a>`);
  expect(render(checkList(grades, checkStatistics(grades), pool))).toContain(`id="v1.1"`);
});
