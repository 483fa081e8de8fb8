import { parseArgs } from "node:util";
import { labNamed } from "#checks/command-line/lab-named.ts";
import { nearNames } from "#checks/command-line/near-names.ts";
import { flagsKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { wrap } from "#checks/harness/report/style.ts";
import { type Drift, driftOf } from "#checks/skeleton/compare.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { runCommand } from "./command.ts";
import { refuseLink, restoreLab } from "./restore-lab.ts";

const help = `npm run reset lab-1                 the lab's files as they were at the start
npm run reset lab-1 message.ts      only this file (also: -- --only message.ts)

Your work is copied to .kit/kept/ first. Files of your own are moved there too;
scratch/ stays as it is.`;

await runCommand(help, () => {
  const options = readOptions();
  if (options === "help") {
    console.log(help);
    return 0;
  }
  const { lab, only } = options;
  refuseLink(lab);
  if (skeletonOf(lab).length === 0) throw new UsageError(`The skeleton of ${lab} is missing in this kit; clone the kit again.`);
  const drifts = driftOf(lab);
  const wanted = only.map((name) => fileNamed(lab, name, drifts));
  const chosen = only.length === 0 ? drifts : drifts.filter(({ file }) => wanted.includes(file));
  if (chosen.length === 0) {
    const what = only.length === 0 ? `labs/${labFolders[lab]}/ is` : `${wanted.join(" and ")} ${only.length === 1 ? "is" : "are"}`;
    say(`Nothing to do: ${what} as at the start.`);
    return 0;
  }
  const kept = restoreLab(lab, chosen, new Date());
  for (const { file, how } of chosen) console.log(`  ${(how === "stray" ? "moved away" : "as at the start").padEnd(15)}  ${file}`);
  if (kept !== undefined) {
    say(`What you had is in ${kept}/`);
    say("To get a file back, copy it from there.");
  }
  return 0;
});

type Options = { readonly lab: LabId; readonly only: readonly string[] };

function readOptions(): Options | "help" {
  const { values, positionals } = parseArgs({
    args: [...process.argv.slice(2), ...flagsKeptByNpm({ only: "string" })],
    allowPositionals: true,
    options: { only: { type: "string", multiple: true }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return "help";
  const [lab, ...files] = positionals;
  if (lab === undefined) throw new UsageError(`Name the lab that you want to start again.\n\n${help}`);
  return { lab: labNamed(lab, labIds), only: [...files, ...(values.only ?? [])] };
}

/** The path of a file that the skeleton or the student's folder has: `message.ts`, `message` or `labs/lab-1-codec/message.ts`. */
function fileNamed(lab: LabId, name: string, drifts: readonly Drift[]): string {
  const folder = `labs/${labFolders[lab]}/`;
  const known = [...new Set([...skeletonOf(lab).map((file) => folder + file.name), ...drifts.map(({ file }) => file)])];
  const bare = name.replaceAll("\\", "/").replace(/^\.\//, "").replace(folder, "").replace(/\/$/, "");
  const path = known.find((file) => file === folder + bare || file === `${folder}${bare}.ts`);
  if (path !== undefined) return path;
  const names = known.map((file) => file.slice(folder.length).replace(/\.ts$/, ""));
  const [near] = nearNames(bare.replace(/\.ts$/, ""), names);
  const meant = near === undefined ? "" : ` Did you mean ${near}.ts?`;
  throw new UsageError(`${folder} has no file ${name}.${meant} It has ${names.map((each) => `${each}.ts`).join(", ")}.`);
}

function say(text: string): void {
  console.log(wrap(text, 80).join("\n"));
}
