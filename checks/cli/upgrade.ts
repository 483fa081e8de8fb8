import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { flagsKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { wrap } from "#checks/harness/report/style.ts";
import { makeKeptFolder } from "#checks/skeleton/kept-folder.ts";
import { performStep, upgradeSteps } from "#checks/upgrade/apply.ts";
import { type Manifest, manifestName, parseManifest, versionWords } from "#checks/upgrade/manifest.ts";
import { type Handout, readHandout } from "#checks/upgrade/newer-handout.ts";
import { type Change, planUpgrade } from "#checks/upgrade/plan.ts";
import { blockedFolder, findIn } from "#checks/upgrade/tree.ts";
import { upgradeLines } from "#checks/upgrade/upgrade-lines.ts";
import { root, userFolder } from "#launch/root.mjs";
import { runCommand } from "./command.ts";

const help = `npm run upgrade -- PATH            says what a newer hand-out would change here
npm run upgrade -- PATH --apply    changes it

PATH is the folder of the newer hand-out. What you wrote stays: where you and the
kit changed the same file of a lab, both changes are joined, and what does not
join is marked. All that is replaced is copied to .kit/kept/ first.

Exit code: 0 done, or nothing to do; 1 some places are left for you to settle;
2 wrong usage.`;

await runCommand(help, () => {
  const { values, positionals } = parseArgs({
    args: [...process.argv.slice(2), ...flagsKeptByNpm({ apply: "boolean" })],
    allowPositionals: true,
    options: { apply: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError(`Name the folder of the newer hand-out.\n\n${help}`);
  const base = ownManifest();
  const next = newer(path, base);
  if (next.manifest.state === base.state) {
    say(`Nothing to do: you have ${versionWords(base)} already.`);
    return 0;
  }
  const blocked = blockedFolder(root, [...Object.keys(base.files), ...Object.keys(next.manifest.files)]);
  if (blocked !== undefined) throw new UsageError(`${blocked} is no folder, and links are not followed. Put a real folder in its place.`);
  const changes = planUpgrade({ base, next: next.manifest, find: (name) => findIn(root, name), readNext: next.read });
  say(`You have ${versionWords(base)}; this is ${versionWords(next.manifest)}.`);
  console.log(["", ...upgradeLines(changes), ""].join("\n"));
  if (values.apply) return apply(changes, next);
  say(`Nothing is changed yet. To do it: npm run upgrade -- ${path} --apply`);
  return 0;
});

function apply(changes: readonly Change[], next: Handout): number {
  const kept = makeKeptFolder(join(root, ".kit", "kept", "upgrade"), new Date());
  const shown = relative(root, kept).replaceAll("\\", "/");
  let done = "nothing";
  try {
    for (const step of upgradeSteps(changes, root, kept, next.manifestBytes)) {
      performStep(step);
      done = relative(root, step.to).replaceAll("\\", "/");
    }
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UsageError(
      `The upgrade stopped behind ${done}: ${error.message}. What was replaced so far is in ${shown}/. Mend that, and give the same command again.`,
    );
  }
  say(`Done. What was replaced or removed is in ${shown}/`);
  const install = changes.some(({ path, how }) => path === "package.json" && how === "merged") ? "npm install" : "npm ci";
  if (changes.some(({ path }) => path === "package.json" || path === "package-lock.json")) say(`The packages changed: ${install}`);
  const open = changes.filter(({ how }) => how === "conflict");
  if (open.length === 0) return 0;
  say(`To settle: ${open.map(({ path }) => path).join(", ")}. Look for the lines with <<<<<<<, and leave what is right.`);
  return 1;
}

/** What this folder says it began with. */
function ownManifest(): Manifest {
  const file = join(root, manifestName);
  if (!existsSync(file))
    throw new UsageError(
      existsSync(join(root, "reference"))
        ? "This is the whole kit, and not a student's: bring it up to date with git pull."
        : `${manifestName} is missing here, which says what you began with; copy it from the hand-out that you began with.`,
    );
  const manifest = parseManifest(readFileSync(file, "utf8"));
  if (typeof manifest === "string") throw new UsageError(`${manifestName} ${manifest}; copy it from the hand-out that you began with.`);
  return manifest;
}

function newer(path: string, base: Manifest): Handout {
  const folder = resolve(userFolder, path);
  if (folder === root) throw new UsageError("That is this folder itself; name the folder of the newer hand-out.");
  const handout = readHandout(folder);
  if (typeof handout === "string") throw new UsageError(`${path} ${handout}.`);
  if (handout.manifest.kit !== base.kit) throw new UsageError(`${path} is a hand-out of ${handout.manifest.kit}, and this is ${base.kit}.`);
  return handout;
}

function say(text: string): void {
  console.log(wrap(text, 80).join("\n"));
}
