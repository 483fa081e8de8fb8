import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { hasReference, implementationFrom, importFolders } from "../labs/launch/implementation.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The `#` imports as vite wants them. */
function aliases(from: string) {
  return Object.entries(importFolders(implementationFrom(from))).map(([find, folder]) => ({ find, replacement: `${folder}/` }));
}

export default defineConfig({
  test: {
    projects: [
      {
        // The kit's own tests: `npm test`.
        root: here,
        resolve: { alias: aliases(hasReference ? "reference" : "labs") },
        test: { name: "kit", include: ["**/*.test.ts"], isolate: true, testTimeout: 20_000 },
      },
    ],
  },
});
