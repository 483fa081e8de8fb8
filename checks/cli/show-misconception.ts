import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { didYouMean } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { type Style, wrap } from "#checks/harness/report/style.ts";
import { allMisconceptions } from "#checks/misconceptions/catalogue/all-misconceptions.ts";
import { counted } from "#kit/counted.ts";
import { bundle } from "#launch/bundle.mjs";
import { hasReference, type Implementation, implementationFrom, type LabId, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

/** The part of the kit that makes a lab with one bug. */
type Bugs = {
  readonly variantsOf: (lab: LabId) => ReadonlyMap<string, string>;
  readonly withVariant: <Result>(lab: LabId, name: string, use: (from: Implementation) => Promise<Result>) => Promise<Result>;
};

/** A lab with one bug: which, and a way to make it. */
export type WrongLab = {
  readonly lab: LabId;
  readonly run: <Result>(use: (from: Implementation) => Promise<Result>) => Promise<Result>;
};

/**
 * Finds the misconception of that name.
 *
 * @param labs where to look; empty for all labs
 * @throws {UsageError} when there is none, or several, or when the kit has no solutions to put a bug into
 */
export async function findMisconception(name: string, labs: readonly LabId[]): Promise<WrongLab> {
  const bugs = await loadBugs();
  const asked = labs.length === 0 ? labIds : labs;
  const [lab, ...more] = asked.filter((id) => bugs.variantsOf(id).has(name));
  if (lab === undefined) {
    const known = allMisconceptions.filter((misconception) => asked.includes(misconception.lab)).map((misconception) => misconception.name);
    const where = labs.length === 0 ? "" : ` about ${labs.join(" or ")}`;
    throw new UsageError(`There is no misconception ${name}${where}.${didYouMean(name, known)} --misconception list names all.`);
  }
  if (more.length > 0) throw new UsageError(`${name} is a misconception about ${[lab, ...more].join(" and ")}; say which lab.`);
  return { lab, run: (use) => bugs.withVariant(lab, name, use) };
}

/** All misconceptions, and what each does wrong. */
export async function listMisconceptions(labs: readonly LabId[], { paint, width }: Style): Promise<readonly string[]> {
  const bugs = await loadBugs();
  return labIds
    .filter((id) => labs.length === 0 || labs.includes(id))
    .flatMap((id, index) => {
      const known = allMisconceptions.filter(({ lab }) => lab === id);
      const column = Math.max(...known.map(({ name }) => name.length)) + 4;
      return [
        ...(index > 0 ? [""] : []),
        paint.bold(`${id}  ${counted(known.length, "misconception")}`),
        ...known.flatMap(({ name }) => wrap(`  ${name.padEnd(column - 2)}${bugs.variantsOf(id).get(name) ?? ""}`, width, column)),
      ];
    });
}

async function loadBugs(): Promise<Bugs> {
  const program = join(root, "checks", "misconceptions", "variants", "spoil.program.ts");
  if (!hasReference || !existsSync(program))
    throw new UsageError("--misconception puts a bug into the solved labs, and this kit is without them; it is for instructors.");
  const { file } = await bundle(program, implementationFrom("reference"));
  return import(pathToFileURL(file).href);
}
