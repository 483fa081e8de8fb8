import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { codeSize } from "#checks/figures/code-size.ts";
import { measureSpeed } from "#checks/figures/measure-speed.ts";
import { hasReference, implementationFrom, type LabId, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { runCommand } from "./command.ts";

const help = "npm run figures     measures the reference, and writes the figures that finished labs are compared with";

/** So often is each lab measured; the median counts. */
const times = 5;

await runCommand(help, async () => {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (!hasReference) throw new UsageError("There is no reference/ folder in this kit, and only the reference is measured.");
  const reference = implementationFrom("reference");
  const rows: string[] = [];
  for (const lab of labIds) {
    const { files, lines } = await codeSize(reference[lab]);
    rows.push(`  "${lab}": { files: ${files}, lines: ${lines}, time: ${(await medianTime(lab)).toPrecision(3)} },`);
    console.log(rows.at(-1));
  }
  writeFileSync(join(root, "checks", "figures", "reference-figures.ts"), text(rows));
  return 0;

  async function medianTime(lab: LabId): Promise<number> {
    const all: number[] = [];
    for (let time = 0; time < times; time++) all.push((await measureSpeed(lab, reference)) ?? Number.NaN);
    const median = all.toSorted((a, b) => a - b)[Math.floor(times / 2)];
    if (all.some(Number.isNaN) || median === undefined) throw new Error(`The reference of ${lab} could not be measured.`);
    return median;
  }
});

function text(rows: readonly string[]): string {
  return `import type { LabId } from "#launch/implementation.mjs";
import type { Figures } from "./figures-lines.ts";

/** The reference's figures. Made by \`npm run figures\`; do not edit by hand. */
export const referenceFigures: Readonly<Record<LabId, Figures>> = {
${rows.join("\n")}
};
`;
}
