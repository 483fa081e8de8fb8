import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import type { ClassGrades } from "../../model/grade.ts";
import { exampleClass } from "../example/example-class.ts";
import { chromiumProgram, withPage } from "./chromium.ts";
import { htmlFiles } from "./report.ts";

/** A class in which every check of every submission fails, in a way that most share. */
async function hopelessClass(submissions: number): Promise<ClassGrades> {
  const grades = await exampleClass({ submissions, seed: 4006 });
  return {
    ...grades,
    grades: grades.grades.map((grade, index) => ({
      ...grade,
      labs: grade.labs.map((lab) => ({
        ...lab,
        checks: lab.checks.map((check) => ({
          id: check.id,
          title: check.title,
          rule: check.rule,
          points: check.points,
          earned: 0,
          status: "failed" as const,
          hidden: false,
          failure: {
            story: Array.from({ length: 4 }, (_, step) => ({
              at: step,
              verb: "call",
              words: `${step} of many calls to what is not there`,
            })),
            at: 4,
            headline: `${check.id}: not a function${index === 0 ? " at all" : ""}`,
            detail: [],
          },
        })),
      })),
    })),
  };
}

const grades = await hopelessClass(60);
const [first, second, third] = grades.grades.map(({ submission }) => submission.id);
const report = htmlFiles(grades)[0]?.content ?? "";

it("a class in which everything fails has a report of 140 bytes a check, with each shared story and each long list once", () => {
  const checks = grades.grades[0]?.labs.flatMap((lab) => lab.checks) ?? [];
  expect(Buffer.byteLength(report)).toBeLessThan(140 * checks.length * grades.grades.length);
  for (const { id } of checks) expect([id, report.split(`&gt; t=0.004 s     ${id}: not a function</b>`).length - 1]).toEqual([id, 1]);
  expect(report.split("59 submissions</h4>").length - 1).toBe(checks.length);
  expect(report).toContain(`all but <a href="#s-${first}">${first}</a>`);
  const lab = grades.grades[0]?.labs[0]?.checks.length;
  expect(report).toContain(`<p>${lab} fail, each with the same story as for <a href="#s-${second}/lab-1">${second}</a>.</p>`);
});

it("links to nothing that is not there", () => {
  const ids = [...report.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const there = new Set(ids);
  expect([...report.matchAll(/href="#([^"]*)"/g)].filter(([, target]) => !there.has(target))).toEqual([]);
});

it("in a browser, a failed cell leads to its story, and a page to the list that it shares", async ({ skip }) => {
  if (chromiumProgram === undefined) skip("Chromium is not installed");
  const file = join(await temporaryFolder(), "report.html");
  writeFileSync(file, report);
  await withPage(async (page) => {
    const url = pathToFileURL(file).href;
    const target = /<a title="[^"]*" href="(#v[^"]*)"/.exec(report)?.[1] ?? "";
    await page.goto(`${url}${target}`, { timeout: 120_000 });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(
        await page
          .locator(`[id="${target.slice(1)}"] ~ pre`)
          .first()
          .isVisible(),
      ).toBe(true);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
    await page.goto(`${url}#s-${third}`);
    await page.locator(`.page:visible a[href="#s-${second}/lab-1"]`).click();
    expect(await page.locator(".page:visible").getAttribute("id")).toBe(`s-${second}`);
    await page.locator(".page:visible .shared a").first().click();
    expect(await page.locator(".class:visible").count()).toBe(1);
    expect(await page.locator(":target ~ pre").first().textContent()).toContain("npm run hint");
  });
}, 180_000);
