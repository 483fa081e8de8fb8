import { join } from "node:path";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { CheckOptions } from "./check-options.ts";
import { createUiReporter } from "./ui-reporter.ts";

/**
 * Opens the checks in the browser: the vitest UI, which runs them again when a file changes. Never resolves while it is open; Ctrl+C
 * ends it. An endless loop in a lab stops this page for good, and not the terminal's `npm run check`.
 */
export async function openInBrowser(options: CheckOptions, only: readonly string[]): Promise<number> {
  // The configuration reads these: vitest loads it by itself.
  process.env["KIT_FROM"] = options.from;
  process.env["KIT_SEED"] = String(options.seed);
  process.env["KIT_ONLY"] = only.join(",");
  process.env["KIT_INTEGRATED"] = options.integrated ? "1" : "";
  // Loaded here: it takes longer than all checks together.
  const { startVitest } = await import("vitest/node");
  const folders = options.labs.map((lab) => `${labFolders[lab]}/`);
  const vitest = await startVitest("test", folders, {
    config: join(root, "checks", "vitest.config.ts"),
    project: ["checks"],
    watch: true,
    ui: true,
    reporters: [createUiReporter(terminalStyle(options.color))],
    open: process.stdout.isTTY,
    api: { host: "127.0.0.1" },
  });
  await new Promise<void>((closed) => vitest.onClose(closed));
  return 0;
}
