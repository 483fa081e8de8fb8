import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { driftOf } from "#checks/skeleton/compare.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { hasReference, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { runCommand, UsageError } from "./command.ts";

const help = `npm run skeletons               writes labs/ anew from reference/: what a student starts from
npm run skeletons -- --check    only says which files differ; exit code 1 when some do`;

await runCommand(help, () => {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (!hasReference)
    throw new UsageError("There is no reference/ folder here to make skeletons from. To start a lab again, use npm run reset lab-N.");
  const drifts = labIds.flatMap(driftOf);
  if (drifts.length === 0) {
    console.log("labs/ is what reference/ makes: nothing to do.");
    return 0;
  }
  for (const { file, how } of drifts) console.log(`${how.padEnd(8)} ${file}`);
  if (values.check) return 1;
  for (const { file, how } of drifts) {
    if (how === "stray") rmSync(join(root, file), { recursive: true });
  }
  for (const lab of labIds) {
    for (const { name, text } of skeletonOf(lab)) {
      const file = join(root, "labs", labFolders[lab], name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  console.log(`${drifts.length} ${drifts.length === 1 ? "file" : "files"} written or removed.`);
  return 0;
});
