import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";
import { hasReference, implementationFrom, importFolders } from "../labs/launch/implementation.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The `#` imports as vite wants them. */
function aliases(from: string) {
  return Object.entries(importFolders(implementationFrom(from))).map(([find, folder]) => ({ find, replacement: `${folder}/` }));
}

/** A check file is data. Here, and only here, it registers its checks as tests. */
const registerChecks: Plugin = {
  name: "kit-register-checks",
  transform(code, file) {
    if (!/\/lab-\d-[a-z-]+\/[^/]+\.check\.ts$/.test(file)) return undefined;
    const register = `import { registerChecks as registerTheseChecks } from "#checks/harness/vitest-adapter.ts";`;
    return { code: `${code}\n${register}\nawait registerTheseChecks(import.meta.url, checks);\n`, map: null };
  },
};

export default defineConfig({
  test: {
    projects: [
      {
        // The kit's own tests.
        root: here,
        resolve: { alias: aliases(hasReference ? "reference" : "labs") },
        test: { name: "kit", include: ["**/*.test.ts"], testTimeout: 30_000 },
      },
      {
        // The labs' checks, on the student's own labs unless KIT_FROM names others.
        root: here,
        resolve: { alias: aliases(process.env["KIT_FROM"] ?? "labs") },
        plugins: [registerChecks],
        test: { name: "checks", include: ["lab-*/*.check.ts"], testTimeout: 10_000 },
      },
    ],
  },
});
