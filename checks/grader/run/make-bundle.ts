import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path/posix";
import { type BuildFailure, build, type Message, type Plugin, transform } from "esbuild";
import { type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { LabSources } from "./lab-sources.ts";

export type BundleOrder = {
  /** What the file does, as TypeScript; it may import everything of the kit. */
  readonly entry: string;
  readonly sources: LabSources;
  /** Makes a script that sets this variable to what the entry exports, instead of a module. */
  readonly global?: string | undefined;
  /** Files that are known to be unreadable, by their path from the project, and why. */
  readonly unreadable: ReadonlyMap<string, string>;
};

/**
 * Makes one JavaScript file of the driver and one lab of a submission. All paths in it begin at the project: nothing tells where the
 * grader lies. A lab's file finds the labs, the contracts, the kit, the devices and what Node brings along, and nothing else; nothing of
 * the submission but the text of its modules is ever looked at. A file that cannot be read, or that imports something else, throws where
 * it is loaded, so that it costs its own checks only.
 */
export async function makeBundle(order: BundleOrder): Promise<string> {
  const unreadable = new Map(order.unreadable);
  for (;;) {
    try {
      return await bundleOnce({ ...order, unreadable });
    } catch (error) {
      const found = labErrors(error).filter(([file]) => !unreadable.has(file));
      if (found.length === 0) throw error;
      for (const [file, text] of found) unreadable.set(file, text);
    }
  }
}

/** Reads one file alone, to find out whether it can be read at all. Rejects when it holds a mistake; it may also be the end of the bundler. */
export async function tryFile(text: string): Promise<void> {
  await transform(text, { loader: "ts", tsconfigRaw: {}, logLevel: "silent" });
}

/** The path of a lab's file, as seen from the project. */
export function projectPath(lab: LabId, name: string): string {
  return `/labs/${labFolders[lab]}/${name}`;
}

async function bundleOnce({ entry, sources, global, unreadable }: BundleOrder): Promise<string> {
  const result = await build({
    stdin: { contents: entry, loader: "ts" },
    absWorkingDir: "/",
    bundle: true,
    write: false,
    outfile: "/driver.mjs",
    platform: "node",
    ...(global === undefined ? { format: "esm" } : { format: "iife", globalName: global }),
    target: "node20",
    // Comments name each module's path; the lab's own places come from the source map.
    minifyWhitespace: true,
    legalComments: "none",
    sourcemap: global === undefined ? "inline" : false,
    sourcesContent: false,
    tsconfigRaw: {},
    logLevel: "silent",
    plugins: [projectPlugin(sources, unreadable)],
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error("esbuild made nothing of a submission.");
  return output.text;
}

const project = "project";
const refused = "refused";

/** Where each `#` name lies, as seen from the project. */
const names: readonly (readonly [prefix: string, folder: string])[] = [
  ...(["contract", "kit", "devices", "server", "launch"] as const).map((name) => [`#${name}/`, `/labs/${name}/`] as const),
  ...labIds.map((lab) => [`#${lab}/`, `/labs/${labFolders[lab]}/`] as const),
  ["#checks/", "/checks/"],
];

/** What a lab's file may import, beside the labs: the rest of the kit is none of its business. */
const openToLabs = ["/labs/contract/", "/labs/kit/", "/labs/devices/"];

/** Resolves and loads every module by itself: the bundler's own ways (packages, configurations, links) are not taken. */
function projectPlugin(sources: LabSources, unreadable: ReadonlyMap<string, string>): Plugin {
  return {
    name: "kit-submission",
    setup: (b) => {
      b.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === "entry-point") return null;
        if (isBuiltin(path)) return { path, external: true };
        const lab = labOf(importer);
        const found = locate(path, importer, sources);
        if (lab === undefined) return found === undefined ? { path, external: true } : { path: found, namespace: project };
        if (found === undefined) return { path: `${path}\0${importer}`, namespace: refused };
        const open = labOf(found) !== undefined || openToLabs.some((folder) => found.startsWith(folder));
        return open ? { path: found, namespace: project } : { path: `${path}\0${importer}`, namespace: refused };
      });
      b.onLoad({ filter: /.*/, namespace: refused }, ({ path }) => {
        const [wanted = "", importer = ""] = path.split("\0");
        return throwing("Error", `${shown(importer)} imports ${wanted}, which is none of the files that are graded`);
      });
      b.onLoad({ filter: /.*/, namespace: project }, async ({ path }) => {
        const fault = unreadable.get(path);
        if (fault !== undefined) return throwing("SyntaxError", fault);
        const lab = labOf(path);
        if (lab === undefined) return { contents: await readFile(join(root, path), "utf8"), loader: "ts" };
        const text = sources[lab].get(path.slice(path.lastIndexOf("/") + 1));
        return text === undefined
          ? throwing("Error", `${shown(path)} is missing, or is none of the files that are graded`)
          : { contents: text, loader: "ts" };
      });
    },
  };
}

/** The path from the project, `/labs/kit/bytes.ts`, or `undefined` when it lies outside, or is no path at all. */
function locate(path: string, importer: string, sources: LabSources): string | undefined {
  const name = names.find(([prefix]) => path.startsWith(prefix));
  if (name !== undefined) {
    const found = join(name[1], path.slice(name[0].length));
    return found.startsWith(name[1]) ? found : undefined;
  }
  if (!/^\.\.?\//.test(path)) return undefined;
  const found = join(dirname(importer), path);
  const lab = labOf(found);
  if (lab === undefined) return found;
  // As the bundler would: the ending may be left out, or be that of the JavaScript.
  const candidates = [found, `${found}.ts`, found.replace(/\.js$/, ".ts")];
  return candidates.find((candidate) => sources[lab].has(candidate.slice(candidate.lastIndexOf("/") + 1))) ?? found;
}

/** The lab whose folder a path from the project lies directly in. */
function labOf(path: string): LabId | undefined {
  const folder = /^\/labs\/(lab-\d-[a-z-]+)\/[^/]+$/.exec(path)?.[1];
  return labIds.find((lab) => labFolders[lab] === folder);
}

function shown(path: string): string {
  return path.replace(/^\/labs\//, "");
}

/** The first error of each of a lab's files: path and sentence. */
function labErrors(error: unknown): readonly (readonly [file: string, text: string])[] {
  if (!isBuildFailure(error)) return [];
  return error.errors.toReversed().flatMap((message) => {
    const file = message.location?.file.replace(/^project:/, "") ?? "";
    return labOf(file) === undefined ? [] : [[file, sentence(file, message)] as const];
  });
}

function sentence(file: string, { text, location }: Message): string {
  return `${shown(file)}:${location?.line}:${(location?.column ?? 0) + 1} ${text}`;
}

/** The place that matters stands in the text; that of this throw is nowhere in the lab. */
function throwing(name: "Error" | "SyntaxError", text: string) {
  return { contents: `throw Object.assign(new ${name}(${JSON.stringify(text)}), { stack: "" });`, loader: "js" } as const;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
