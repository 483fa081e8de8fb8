import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";

/** Where Chromium is on this computer, if it is. */
export const chromiumProgram = [
  process.env["CHROME_PATH"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((file) => file !== "" && existsSync(file));

/** Neither it nor its page is to talk to anybody. */
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Uses a page in a browser that has never been used, and removes both. */
export async function withPage<Result>(use: (page: Page) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "kit-chromium-"));
  try {
    const browser = await chromium.launchPersistentContext(folder, {
      ...(chromiumProgram === undefined ? {} : { executablePath: chromiumProgram }),
      headless: true,
      args: quiet,
      timeout: 120_000,
    });
    try {
      return await use(browser.pages()[0] ?? (await browser.newPage()));
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
