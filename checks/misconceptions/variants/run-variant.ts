import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Channel } from "#checks/harness/channel.ts";
import type { Check, LabChecks } from "#checks/harness/check.ts";
import type { CheckResult } from "#checks/harness/check-result.ts";
import { registry } from "#checks/harness/registry.ts";
import { prepareWorker } from "#checks/harness/run/prepare.ts";
import { runCheck } from "#checks/harness/run/run-check.ts";
import { supervise } from "#checks/harness/run/supervise.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import type { MemberShapes } from "#checks/harness/shape.ts";
import { type Implementation, importFolders, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { withSpoiltLab } from "./spoilt-lab.ts";
import type { Variant } from "./variant.ts";

/** Runs the variant's check on a copy of the reference that the variant's edits have spoilt. */
export async function runVariant(variant: Variant): Promise<CheckResult> {
  const lab = await registry[variant.lab]?.();
  const check = lab?.checks.find(({ id }) => id === variant.check);
  if (lab === undefined || check === undefined) throw new Error(`There is no check ${variant.check}.`);
  return withSpoiltLab(variant, async (implementation, folder) =>
    variant.stopped
      ? runSupervised(lab, check, implementation)
      : runCheck(lab, check, await loadLab(lab, implementation, folder), defaultSeed),
  );
}

/** In a thread that is stopped when it takes too long or too much. */
async function runSupervised(lab: LabChecks<unknown>, check: Check<unknown>, implementation: Implementation): Promise<CheckResult> {
  const [result] = await supervise(await prepareWorker(implementation), lab, [check.id], defaultSeed);
  if (result === undefined) throw new Error(`${check.id} has no result.`);
  return result;
}

/** Loads the spoilt lab, with a host and a kit of its own, into this thread. */
async function loadLab({ id, shape }: LabChecks<unknown>, implementation: Implementation, folder: string): Promise<Channel> {
  const outfile = join(folder, "lab.mjs");
  await build({
    stdin: {
      contents: `
        import { createHost } from "#checks/harness/host.ts";
        import { members } from "#checks/${labFolders[id]}/members.ts";
        export const connect = (shape) => createHost(members, shape);`,
      resolveDir: root,
    },
    bundle: true,
    outfile,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "silent",
    plugins: [resolveImports(implementation)],
  });
  const { connect }: { readonly connect: (shape: MemberShapes) => Channel } = await import(/* @vite-ignore */ pathToFileURL(outfile).href);
  return connect(shape);
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
