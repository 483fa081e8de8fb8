/** The commands of package.json that a student has. What they run, and what that imports, is in the hand-out. */
export const studentCommands: readonly string[] = [
  "check",
  "hint",
  "progress",
  "debug",
  "reset",
  "submit",
  "upgrade",
  "show",
  "demo",
  "server",
  "client",
  "conformance",
  "soak",
  "types",
];

/** Programs that these commands start by name instead of importing them. */
export const startedByName: readonly string[] = [
  "checks/harness/run/check-worker.ts",
  "checks/figures/speed/lab-1.ts",
  "checks/figures/speed/lab-2.ts",
  "checks/figures/speed/lab-3.ts",
  "checks/figures/speed/lab-4.ts",
  "checks/figures/speed/lab-5.ts",
  "checks/harness/vitest-adapter.ts",
  "checks/vitest.config.ts",
];

/** Packages that are used without being imported: the compiler, what it knows of Node, the browser view of the checks. */
export const usedByName: readonly string[] = ["@types/node", "@vitest/ui", "typescript", "vite", "vitest"];
