import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { carryCheck, checksumCheck, checksumThat, labWith } from "#checks/harness/run/broken-lab.ts";
import { lab1 } from "#checks/lab-1-codec/lab.ts";
import { root } from "#launch/root.mjs";

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = browsers.find((path) => existsSync(path));

const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

const titleOf = (id: string) => lab1.checks.find((check) => check.id === id)?.title ?? "?";

/** What the test leaves behind, last first. */
const left: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const leave of left.splice(0).toReversed()) await leave();
});

/** Starts `npm run check … -- --ui` as from this folder, and gives the page's address. */
async function openView(folder: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ["labs/launch/run.mjs", "checks/cli/check.ts", ...args, "--ui"], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", INIT_CWD: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = once(child, "close");
  left.push(() => {
    child.kill("SIGKILL");
    return closed;
  });
  return new Promise((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString("utf8");
        const address = /The checks are at (http:\S+)/.exec(output)?.[1];
        if (address !== undefined) resolve(address);
      });
    child.on("close", () => reject(new Error(`It ended: ${output}`)));
  });
}

/** A browser that asks nobody but this computer. */
async function openBrowser(): Promise<BrowserContext> {
  const profile = mkdtempSync(join(tmpdir(), "kit-browser-"));
  left.push(async () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: executablePath ?? "",
    headless: true,
    args: flags.split(" "),
    viewport: { width: 1280, height: 900 },
  });
  left.push(() => browser.close());
  await browser.route("**/*", (route) => (new URL(route.request().url()).hostname === "127.0.0.1" ? route.continue() : route.abort()));
  return browser;
}

it("the browser view shows titles and points, and of a failing check the story, the rule and the first hint", async (context) => {
  if (executablePath === undefined) context.skip("Chromium is missing");
  const wrong = labWith({ "internet-checksum.ts": checksumThat("if (bytes.length === 8) return 0xbeef;") });
  const [home, lab] = [dirname(wrong["lab-1"]), basename(wrong["lab-1"])];
  const [address, browser] = await Promise.all([
    openView(home, ["lab-1", "--from", lab, "--only", checksumCheck, "--only", carryCheck]),
    openBrowser(),
  ]);
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(address);

  for (const id of [checksumCheck, carryCheck])
    await page
      .getByText(`${id.replace("lab-1.", "")}: ${titleOf(id)} (1 point)`)
      .first()
      .waitFor();

  await page.getByText(titleOf(checksumCheck)).first().click();
  const report = page.getByTestId("report");
  await report.getByText(checksumCheck).first().waitFor();
  const text = await report.innerText();
  for (const part of ["Failed", "0/1 points", "expected", "0x220d", "got", "0xbeef", "docs/protocol.md#internet-checksum", "hint 1 of 3"])
    expect(text).toContain(part);
  // Nothing is cut off at the right.
  const story = report.locator("pre").first();
  expect(await story.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);

  await page.getByText(titleOf(carryCheck)).first().click();
  await report.getByText(carryCheck).first().waitFor();
  expect(await report.innerText()).toContain("passed");
}, 120_000);
