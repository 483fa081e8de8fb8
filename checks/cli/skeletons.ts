import { parseArgs } from "node:util";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { staleExamples, writeExamples } from "#checks/grader/write-examples.ts";
import { driftOf } from "#checks/skeleton/compare.ts";
import { restoreSkeleton } from "#checks/skeleton/restore.ts";
import { counted } from "#kit/counted.ts";
import { hasReference, labIds } from "#launch/implementation.mjs";
import { runCommand } from "./command.ts";

const help = `npm run skeletons               writes labs/ anew from reference/: what a student starts from,
                                and the grader's example submissions
npm run skeletons -- --check    only says which files differ; exit code 1 when some do

What is overwritten or removed is kept under .kit/kept/.`;

await runCommand(help, async () => {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (!hasReference)
    throw new UsageError("There is no reference/ folder here to make skeletons from. To start a lab again, use npm run reset lab-N.");
  const drifting = labIds.map((lab) => ({ lab, drifts: driftOf(lab) })).filter(({ drifts }) => drifts.length > 0);
  const examples = await staleExamples();
  if (drifting.length === 0 && examples.length === 0) {
    console.log("labs/ and checks/grader/examples/ are what reference/ makes: nothing to do.");
    return 0;
  }
  for (const { file, how } of drifting.flatMap(({ drifts }) => drifts)) console.log(`${how.padEnd(8)} ${file}`);
  for (const { name } of examples) console.log(`${"changed".padEnd(8)} checks/grader/examples/${name}`);
  if (values.check) return 1;
  const now = new Date();
  for (const { lab, drifts } of drifting) {
    const kept = restoreSkeleton(lab, drifts, now);
    if (kept !== undefined) console.log(`What was there of ${lab} is kept in ${kept}/.`);
  }
  await writeExamples(examples);
  const count = drifting.reduce((sum, { drifts }) => sum + drifts.length, examples.length);
  console.log(`${counted(count, "file")} written or removed.`);
  return 0;
});
