import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { signaturesFile, signatureText } from "#checks/misconceptions/signatures.ts";
import { allVariants } from "#checks/misconceptions/variants/all-variants.ts";
import { computeSignatures } from "#checks/misconceptions/variants/compute-signatures.ts";
import { createExaminer } from "#checks/misconceptions/variants/examiner.ts";
import { counted } from "#kit/counted.ts";
import { hasReference, type LabId } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { runCommand } from "./command.ts";
import { misconceptionsHelp, readMisconceptionsOptions } from "./misconceptions-options.ts";

await runCommand(misconceptionsHelp, async () => {
  const { labs, update, help } = readMisconceptionsOptions();
  if (help) {
    console.log(misconceptionsHelp);
    return 0;
  }
  if (!hasReference) throw new UsageError("There is no reference/ folder here to make the bugs from.");
  // Many of lab 4's checks wait for something: a second thread works meanwhile.
  const examiner = createExaminer(Math.max(2, availableParallelism()));
  try {
    const computed: Partial<Record<LabId, Readonly<Record<string, string>>>> = {};
    for (const lab of labs) computed[lab] = await computeSignatures(lab, examiner, progressOf(lab));
    const changes = labs.flatMap((lab) => differences(lab, signatureText[lab], computed[lab] ?? {}));
    for (const line of changes) console.log(line);
    if (changes.length === 0) console.log("The signatures are current.");
    else if (update) {
      writeFileSync(join(root, signaturesFile), `${JSON.stringify({ ...signatureText, ...computed }, undefined, 2)}\n`);
      console.log(`${counted(changes.length, "signature")} written to ${signaturesFile}.`);
    } else console.log("\nnpm run misconceptions -- --update writes them down.");
    return changes.length === 0 || update ? 0 : 1;
  } finally {
    await examiner.close();
  }
});

/** Tells on a terminal how far it is. */
function progressOf(lab: LabId): () => void {
  let done = 0;
  return () => {
    done++;
    if (process.stderr.isTTY)
      process.stderr.write(`\r${lab}  ${done} of ${allVariants[lab].length}${done === allVariants[lab].length ? "\n" : ""}`);
  };
}

function differences(lab: LabId, kept: Readonly<Record<string, string>>, computed: Readonly<Record<string, string>>): readonly string[] {
  const names = [...new Set([...Object.keys(kept), ...Object.keys(computed)])];
  return names
    .filter((name) => kept[name] !== computed[name])
    .map((name) => `${lab} ${name}\n  was  ${kept[name] ?? "not there"}\n  is   ${computed[name] ?? "not there any more"}`);
}
