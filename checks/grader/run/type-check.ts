import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompilerStopped, findTypeFaultsWithin, ReadElsewhere, type TypeFault } from "#checks/harness/run/type-errors.ts";
import { type Implementation, type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { limitedBy } from "../sandbox/find-program.ts";
import { allHarmless } from "./harmless.ts";
import { hashOf } from "./kit-hashes.ts";
import type { LabSources } from "./lab-sources.ts";

const longestText = 500;
const mostFaults = 100;

/** What the compiler may use. An honest lab needs a second and 200 MiB. */
const compilerSeconds = 30;
const compilerMemory = 3 * 1024 * 1024 * 1024;
const compilerClock = 180_000;

/** What a lab may see of the kit, as in the bundle; and the types that the compiler and Node bring along. */
const open = ["labs/contract", "labs/kit", "labs/devices", "node_modules"].map((name) => realpathSync(join(root, name)));

/** What was said of the same files before: much of a class has not begun the last labs. */
const known = new Map<string, Promise<readonly TypeFault[]>>();
const mostKnown = 64;

/**
 * Type-checks labs of a submission. The compiler only reads; it may take neither more time nor more memory than is given here. Paths in what
 * is returned begin at the labs' folders.
 */
export function typeFaultsOf(labs: readonly LabId[], sources: LabSources): Promise<readonly TypeFault[]> {
  const files = labIds.flatMap((lab) => [...sources[lab]].map(([name, text]) => [`${lab}/${name}`, text] as const));
  const key = `${labs.join()} ${hashOf(files)}`;
  const faults = known.get(key) ?? compile(labs, sources);
  known.delete(key);
  known.set(key, faults);
  for (const oldest of known.keys()) if (known.size > mostKnown) known.delete(oldest);
  return faults;
}

async function compile(labs: readonly LabId[], sources: LabSources): Promise<readonly TypeFault[]> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "kit-types-"));
  try {
    for (const lab of labIds) {
      mkdirSync(join(folder, labFolders[lab]));
      for (const [name, text] of sources[lab]) writeFileSync(join(folder, labFolders[lab], name), text);
    }
    const implementation = Object.fromEntries(labIds.map((lab) => [lab, join(folder, labFolders[lab])])) as Implementation;
    const faults = await findTypeFaultsWithin(
      {
        folder,
        within: limitedBy(`--data=${compilerMemory}`, `--cpu=${compilerSeconds}`),
        clock: compilerClock,
        open: [folder, ...open],
        most: mostFaults,
      },
      labs,
      implementation,
    );
    const plain = (text: string) => text.replaceAll(`${folder}/`, "").replaceAll(`${root}/`, "");
    return faults.map(({ file, message, ...rest }) => allHarmless({ ...rest, file: plain(file), message: plain(message) }, longestText));
  } catch (error) {
    if (error instanceof CompilerStopped) return labs.map((lab) => wholeFault(lab, stopped));
    if (error instanceof ReadElsewhere) return labs.map((lab) => wholeFault(lab, elsewhere));
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const stopped = "The type checker had to be stopped: it does not come to an end with these files, or has too much to say of them.";
const elsewhere = "The types could not be checked: a file imports, or refers to, another one that is none of those that are graded.";

function wholeFault(lab: LabId, message: string): TypeFault {
  return { file: labFolders[lab], line: 1, column: 1, message, source: "" };
}
