import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { type Implementation, importFolders, type LabId, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

/**
 * Bundles a lab, with a host and a kit of its own, so that any thread can load it beside others.
 *
 * @param folder where the bundle goes: below the project, so that it finds the packages
 * @returns the bundle's URL
 */
export async function bundleLab(lab: LabId, implementation: Implementation, folder: string): Promise<string> {
  const outfile = join(folder, "lab.mjs");
  await build({
    stdin: {
      contents: `
        import { createHost } from "#checks/harness/host.ts";
        import { members } from "#checks/${labFolders[lab]}/members.ts";
        export const connect = (shape) => createHost(members, shape);`,
      resolveDir: root,
    },
    bundle: true,
    outfile,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "silent",
    plugins: [resolveImports(implementation)],
  });
  return pathToFileURL(outfile).href;
}

function resolveImports(implementation: Implementation): Plugin {
  const folders = Object.entries(importFolders(implementation));
  return {
    name: "kit-imports",
    setup: (b) =>
      b.onResolve({ filter: /^#/ }, ({ path }) => {
        const found = folders.find(([prefix]) => path.startsWith(prefix));
        return found === undefined ? null : { path: join(found[1], path.slice(found[0].length)) };
      }),
  };
}
