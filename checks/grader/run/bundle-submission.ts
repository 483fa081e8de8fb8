import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom, type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { limitedBy } from "../sandbox/find-program.ts";
import type { BundlerAnswer, BundlerOrder } from "./bundler.program.ts";
import { hashOf } from "./kit-hashes.ts";
import type { LabSources } from "./lab-sources.ts";
import { projectPath } from "./make-bundle.ts";

/** What the bundler may use. An honest submission takes a few hundredths of a second. */
const longest = 60_000;
const memory = 3 * 1024 * 1024 * 1024;

const unreadableText = "cannot be read: it is nested too deeply, or too large";

/**
 * Makes one JavaScript file of a submission: see `makeBundle`. That is done in a process of its own. A file that is the end of it throws
 * where it is loaded.
 *
 * @param entry what the file does, as TypeScript; it may import everything of the kit
 * @param options.global makes a script that sets this variable to what the entry exports, instead of a module
 */
export async function bundleSubmission(entry: string, sources: LabSources, { global }: { readonly global?: string } = {}): Promise<string> {
  const order = { do: "bundle", entry, sources, global } as const;
  const first = await ask({ ...order, unreadable: deadlyFiles(sources) });
  if (first === undefined) await findDeadly(sources);
  const answer = first ?? (await ask({ ...order, unreadable: deadlyFiles(sources) }));
  if (answer === undefined) throw new Error("The bundler broke down, and no single file is to blame.");
  if ("error" in answer) throw new Error(answer.error);
  return answer.text;
}

/** The driver for the checks of one lab. */
export function driverEntry(lab: LabId): string {
  return `
    import { drive } from "#checks/grader/driver/driver.ts";
    import { members } from "#checks/${labFolders[lab]}/members.ts";
    drive(members);`;
}

/** Texts that are known to be the end of the bundler, by their hashes: other labs of the submission hold them too. */
const deadly = new Set<string>();

function deadlyFiles(sources: LabSources): ReadonlyMap<string, string> {
  const files = labIds.flatMap((lab) => [...sources[lab]].map(([name, text]) => ({ lab, name, text })));
  return new Map(
    files
      .filter(({ text }) => deadly.has(hashOf([["", text]])))
      .map(({ lab, name }) => [projectPath(lab, name), `${labFolders[lab]}/${name} ${unreadableText}`]),
  );
}

/** Has the bundler read each file by itself. */
async function findDeadly(sources: LabSources): Promise<void> {
  for (const lab of labIds)
    for (const text of sources[lab].values()) if ((await ask({ do: "try", text })) === undefined) deadly.add(hashOf([["", text]]));
}

let bundler: Promise<ChildProcess> | undefined;

/** One order at a time: then it is known which one was the end. */
let last: Promise<unknown> = Promise.resolve();

/** What the bundler says, or `undefined` when this was the end of it. */
function ask(order: BundlerOrder): Promise<BundlerAnswer | undefined> {
  const answer = last.then(() => askNow(order));
  last = answer.catch(() => {});
  return answer;
}

async function askNow(order: BundlerOrder): Promise<BundlerAnswer | undefined> {
  bundler ??= startBundler();
  const child = await bundler;
  child.ref();
  child.channel?.ref();
  const answer = await new Promise<BundlerAnswer | undefined>((resolve) => {
    const giveUp = setTimeout(() => child.kill("SIGKILL"), longest);
    const end = (found?: BundlerAnswer) => {
      clearTimeout(giveUp);
      child.removeAllListeners();
      resolve(found);
    };
    child.once("message", (found: BundlerAnswer) => end(found));
    child.once("exit", () => end());
    child.once("error", () => end());
    child.send(order, (error) => {
      if (error !== null) end();
    });
  });
  if (answer === undefined) {
    child.kill("SIGKILL");
    bundler = undefined;
  } else {
    // The grader does not stay for it.
    child.unref();
    child.channel?.unref();
  }
  return answer;
}

async function startBundler(): Promise<ChildProcess> {
  const { file } = await bundle(join(root, "checks/grader/run/bundler.program.ts"), implementationFrom("labs"));
  const [command = process.execPath, ...args]: readonly string[] = [...limitedBy(`--data=${memory}`), process.execPath, file];
  return spawn(command, args, { cwd: root, stdio: ["ignore", "ignore", "ignore", "ipc"], serialization: "advanced" });
}
