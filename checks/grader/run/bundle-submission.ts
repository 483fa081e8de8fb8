import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom, type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { limitedBy } from "../sandbox/find-program.ts";
import type { BundlerAnswer, BundlerOrder } from "./bundler.program.ts";
import { hashOf } from "./kit-hashes.ts";
import type { LabSources } from "./lab-sources.ts";
import { type BundleOrder, projectPath } from "./make-bundle.ts";

/** What the bundler may use. An honest submission takes a few hundredths of a second. */
const usualLongest = 20_000;
const longestStart = 60_000;
const memory = 3 * 1024 * 1024 * 1024;

const usualMostDeadly = 3;
const unreadableText = "cannot be read: it is nested too deeply, or too large";
const untriedText = "was not read: too many other files cannot be";

type BundleOptions = {
  /** Makes a script that sets this variable to what the entry exports, instead of a module. */
  readonly global?: string;
  /** Milliseconds that the bundler may take for one order. */
  readonly longest?: number;
  /** After so many files that are the end of the bundler, the submission's other files are not tried. */
  readonly mostDeadly?: number;
};

/**
 * Makes one JavaScript file of a submission: see `makeBundle`. That is done in a process of its own. A file that is the end of it throws
 * where it is loaded.
 *
 * @param entry what the file does, as TypeScript; it may import everything of the kit
 */
export async function bundleSubmission(
  entry: string,
  sources: LabSources,
  { global, longest = usualLongest, mostDeadly = usualMostDeadly }: BundleOptions = {},
): Promise<string> {
  const order: ReadableOrder = { do: "bundle", entry, sources, global };
  const key = hashOf(filesOf(sources).map(({ path, text }) => [path, text]));
  const first = await shared.ask(() => (suspects.has(key) ? undefined : { ...order, unreadable: new Map() }), longest);
  if (first === undefined) suspects.add(key);
  const answer = first ?? (await bundleApart(order, { longest, mostDeadly }));
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

/** Submissions that were the end of the shared bundler. */
const suspects = new Set<string>();

/** What is to be bundled; which files cannot be read is still to be found out. */
type ReadableOrder = Omit<BundleOrder, "unreadable"> & { readonly do: "bundle" };

/** Where nobody else waits: looks for the files that are the end of it, and bundles the rest. */
async function bundleApart(
  order: ReadableOrder,
  { longest, mostDeadly }: Required<Pick<BundleOptions, "longest" | "mostDeadly">>,
): Promise<BundlerAnswer | undefined> {
  const unreadable = new Map<string, string>();
  let found = 0;
  for (const { path, shown, text } of filesOf(order.sources)) {
    const hash = hashOf([["", text]]);
    if (found === mostDeadly) {
      unreadable.set(path, `${shown} ${untriedText}`);
      continue;
    }
    const tried = await apart.ask(() => (deadly.has(hash) ? undefined : { do: "try", text }), longest);
    if (tried !== undefined) continue;
    deadly.add(hash);
    found++;
    unreadable.set(path, `${shown} ${unreadableText}`);
  }
  return apart.ask(() => ({ ...order, unreadable }), longest);
}

function filesOf(sources: LabSources) {
  return labIds.flatMap((lab) =>
    [...sources[lab]].map(([name, text]) => ({ path: projectPath(lab, name), shown: `${labFolders[lab]}/${name}`, text })),
  );
}

/** A process that bundles, one order at a time: then it is known which one was the end. It is started again when it is needed. */
type Bundler = {
  /** What it says to the order that is made when its turn comes; `undefined` when this was the end of it, or there is no order. */
  readonly ask: (order: () => BundlerOrder | undefined, longest: number) => Promise<BundlerAnswer | undefined>;
};

const shared = createBundler();
/** For submissions that were the end of the shared one: whoever is honest does not wait for them. */
const apart = createBundler();

function createBundler(): Bundler {
  let running: Promise<ChildProcess> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function askNow(order: BundlerOrder | undefined, longest: number): Promise<BundlerAnswer | undefined> {
    if (order === undefined) return undefined;
    running ??= startBundler();
    const child = await running;
    child.ref();
    child.channel?.ref();
    const answer = await answerOf(child, order, longest);
    if (answer === undefined) {
      child.kill("SIGKILL");
      running = undefined;
    } else {
      // The grader does not stay for it.
      child.unref();
      child.channel?.unref();
    }
    return answer;
  }

  return {
    ask: (order, longest) => {
      const answer = last.then(() => askNow(order(), longest));
      last = answer.catch(() => {});
      return answer;
    },
  };
}

function answerOf(child: ChildProcess, order: BundlerOrder, longest: number): Promise<BundlerAnswer | undefined> {
  return new Promise((resolve) => {
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
}

async function startBundler(): Promise<ChildProcess> {
  const { file } = await bundle(join(root, "checks/grader/run/bundler.program.ts"), implementationFrom("labs"));
  const [command = process.execPath, ...args]: readonly string[] = [...limitedBy(`--data=${memory}`), process.execPath, file];
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "ignore", "ignore", "ipc"], serialization: "advanced" });
  // How long it takes to start is a matter of this computer, and counts for nobody's order.
  await answerOf(child, { do: "try", text: "" }, longestStart);
  return child;
}
