import { url as debuggerAddress } from "node:inspector";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";
import { hasReference, implementationFrom, importFolders, type LabId, onReference } from "../labs/launch/implementation.mjs";

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

/**
 * The labs under check: KIT_FROM's, or the student's own. Labs 4 and 5 are checked on the reference's labs 1 to 3, where there are any
 * and unless KIT_INTEGRATED asks for their own, as `npm run check` does it.
 */
function labsUnderCheck(): { readonly alias: ReturnType<typeof aliases>; readonly plugin: Plugin } {
  const from = process.env["KIT_FROM"] ?? "labs";
  const own = implementationFrom(from);
  const earlier = process.env["KIT_INTEGRATED"] ? own : onReference(own);
  const foundation = /^#(lab-[123])\/(.+)$/;
  return {
    alias: aliases(from).filter(({ find }) => !foundation.test(`${find}x`)),
    plugin: {
      name: "kit-labs-under-check",
      enforce: "pre",
      resolveId(name, importer = "") {
        const [, lab, file] = foundation.exec(name) ?? [];
        if (lab === undefined || file === undefined) return undefined;
        const itself = /\/checks\/lab-[123]-[^/]+\//.test(importer.replaceAll("\\", "/"));
        return join((itself ? own : earlier)[lab as LabId], file);
      },
    },
  };
}

const { alias, plugin: foundations } = labsUnderCheck();

export default defineConfig({
  test: {
    // By itself vitest leaves one core to its own process, which has little to do: on two cores that is half the work at a time.
    maxWorkers: availableParallelism(),
    projects: [
      {
        // The kit's own tests.
        root: here,
        resolve: { alias: aliases(hasReference ? "reference" : "labs") },
        test: { name: "kit", include: ["**/*.test.ts"], testTimeout: 30_000, hookTimeout: 60_000 },
      },
      {
        root: here,
        resolve: { alias },
        plugins: [foundations, registerChecks],
        // Whoever stops at a breakpoint has all the time in the world.
        test: { name: "checks", include: ["lab-*/*.check.ts"], testTimeout: debuggerAddress() === undefined ? 10_000 : 0 },
      },
    ],
  },
});
