import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { exampleClass } from "../example/example-class.ts";
import { hostileNames } from "../example/example-names.ts";
import { writers } from "../writers.ts";
import { chromiumProgram, withPage } from "./chromium.ts";

it("the report, in a browser without a network, is complete and runs nothing of a student's", async ({ skip }) => {
  if (chromiumProgram === undefined) skip("Chromium is not installed");
  const grades = await exampleClass({ submissions: hostileNames.length, seed: 4006, hostile: true, hiddenReleased: false });
  const file = join(await temporaryFolder(), "report.html");
  writeFileSync(file, writers.html(grades)[0]?.content ?? "");
  await withPage(async (page) => {
    const heard: string[] = [];
    page.on("request", (request) => heard.push(request.url()));
    page.on("console", (message) => heard.push(message.text()));
    page.on("pageerror", (error) => heard.push(String(error)));
    page.on("dialog", (dialog) => heard.push(dialog.message()));
    const url = pathToFileURL(file).href;
    await page.goto(url, { timeout: 120_000 });

    expect(await page.title()).toBe(`${grades.course}: grades`);
    const checks = grades.grades[0]?.labs.flatMap((lab) => lab.checks).length ?? 0;
    expect(checks).toBeGreaterThan(250);
    expect(await page.locator(".heat tbody td:not(.points)").count()).toBe(checks * grades.grades.length);
    // What is not ours to run was not even understood as an element.
    expect(await page.locator("script, img, svg[onload], iframe, form, b:text-is('bold')").count()).toBe(0);
    for (const name of hostileNames.slice(0, 3)) expect(await page.locator("#submissions bdi", { hasText: name }).count()).toBe(1);

    // The style sheet is in force: pages of submissions do not show.
    expect(await page.locator(".page:visible").count()).toBe(0);
    await fitsIn(page, 1280);
    await fitsIn(page, 390);

    // A failing cell leads to its story, on its submission's page, which shows alone.
    const cell = page.locator(".heat td.f a").first();
    const story = decodeURIComponent((await cell.getAttribute("href"))?.slice(1) ?? "");
    await page.goto(`${url}${await cell.getAttribute("href")}`);
    expect(await page.locator(".page:visible").count()).toBe(1);
    expect(await page.locator(".class:visible").count()).toBe(0);
    const shown = page.locator(`[id="${story}"]`);
    expect(await shown.isVisible()).toBe(true);
    expect(await shown.textContent()).toContain("npm run hint");
    await fitsIn(page, 390);
    await page.locator(".page:visible nav a").first().click();
    expect(await page.locator(".class:visible").count()).toBe(1);

    expect(heard.filter((each) => each !== url && !each.startsWith(`${url}#`))).toEqual([]);
  });
}, 180_000);

/** Nothing makes the page itself wider than the screen: what is wide scrolls by itself. */
async function fitsIn(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
}
