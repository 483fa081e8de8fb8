import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTypeFaults, type TypeFault } from "#checks/harness/run/type-errors.ts";
import { type Implementation, type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { allHarmless } from "./harmless.ts";
import type { LabSources } from "./lab-sources.ts";

const longestText = 500;
const mostFaults = 100;

/**
 * Type-checks labs of a submission. The compiler only reads, and is given the submission's files in a folder of their own; it may take
 * neither more time nor more memory than is given here. Paths in what is returned begin at the labs' folders.
 */
export async function typeFaultsOf(labs: readonly LabId[], sources: LabSources): Promise<readonly TypeFault[]> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "kit-types-"));
  try {
    for (const lab of labIds) {
      mkdirSync(join(folder, labFolders[lab]));
      for (const [name, text] of sources[lab]) writeFileSync(join(folder, labFolders[lab], name), text);
    }
    const implementation = Object.fromEntries(labIds.map((lab) => [lab, join(folder, labFolders[lab])])) as Implementation;
    const faults = await findTypeFaults(labs, implementation);
    const plain = (text: string) => text.replaceAll(`${folder}/`, "").replaceAll(`${root}/`, "");
    return faults
      .slice(0, mostFaults)
      .map(({ file, message, ...rest }) => allHarmless({ ...rest, file: plain(file), message: plain(message) }, longestText));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
