import { realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { labNamed } from "#checks/command-line/lab-named.ts";
import { flagsKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { findLeaks } from "#checks/handout/find-leaks.ts";
import { handoutFiles } from "#checks/handout/handout-files.ts";
import { whyNotInto, writeHandout } from "#checks/handout/write-handout.ts";
import { wrap } from "#checks/harness/report/style.ts";
import { isInside } from "#checks/harness/run/lab-paths.ts";
import { manifestName, parseManifest, versionWords } from "#checks/upgrade/manifest.ts";
import { counted } from "#kit/counted.ts";
import { hasReference, type LabId, labIds } from "#launch/implementation.mjs";
import { root, userFolder } from "#launch/root.mjs";
import { runCommand } from "./command.ts";

const help = `npm run handout -- --out DIR       writes the student's kit into a new folder

  --out DIR               where: a folder that is not there yet, or empty
  --with-reference LABS   with the solutions of these labs: 1,2
  --help                  this text

It has the skeletons, the checks and the documents; no solutions, no grader.
Two runs on the same kit write the same bytes.`;

await runCommand(help, async () => {
  const options = readOptions();
  if (options === "help") {
    console.log(help);
    return 0;
  }
  if (!hasReference) throw new UsageError("There is no reference/ folder here to make a hand-out from: this kit is a hand-out itself.");
  const { out, shown, solved } = options;
  const files = handoutFiles(solved);
  const [leak] = findLeaks(files, solved);
  if (leak !== undefined)
    throw new UsageError(`Nothing is written: line ${leak.line} of ${leak.file} gives away ${leak.solution}; say it in other words there.`);
  try {
    await writeHandout(files, out);
  } catch (error) {
    throw new UsageError(`--out ${shown} cannot be written: ${fileTrouble(error)}.`);
  }
  const manifest = parseManifest(Buffer.from(files.get(manifestName) ?? []).toString("utf8"));
  const solutions = solved.length === 0 ? "No solution is in it." : `The solution of ${solved.join(" and ")} is in it.`;
  const version = typeof manifest === "string" ? "" : ` Version ${versionWords(manifest)}.`;
  console.log(wrap(`${shown}: ${counted(files.size, "file")}.${version} ${solutions}`, 80).join("\n"));
  console.log(`\n  cd ${shown}\n  npm ci\n  npm run check`);
  return 0;
});

type Options = { readonly out: string; readonly shown: string; readonly solved: readonly LabId[] };

function readOptions(): Options | "help" {
  const { values } = parseArgs({
    args: [...process.argv.slice(2), ...flagsKeptByNpm({ out: "string", "with-reference": "string" })],
    options: {
      out: { type: "string" },
      "with-reference": { type: "string", multiple: true },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return "help";
  const shown = values.out;
  if (shown === undefined || shown === "") throw new UsageError(`Say where the hand-out is to be written.\n\n${help}`);
  const words = (values["with-reference"] ?? []).flatMap((list) => list.split(",")).filter((word) => word !== "");
  const solved = labIds.filter((id) => words.map((word) => labNamed(word, labIds)).includes(id));
  const out = resolve(userFolder, shown);
  const real = realPath(out);
  const project = realpathSync(root);
  if (real === project || isInside(project, real))
    throw new UsageError(`--out ${shown} lies inside the kit; give a folder outside of it, such as ../student-kit.`);
  if (isInside(real, project))
    throw new UsageError(`--out ${shown} holds the kit itself; give a folder of its own, such as ../student-kit.`);
  const why = whyNotInto(out);
  if (why !== undefined) throw new UsageError(`--out ${shown} ${why}; give a folder that is not there yet, or empty.`);
  return { out, shown, solved };
}

/** Where a path leads, links followed, as far as it exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), relative(parent, path));
  }
}
