import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type Style, wrap } from "#checks/harness/report/style.ts";
import { isInside } from "#checks/harness/run/lab-paths.ts";
import { readNext } from "#checks/progress/read-next.ts";
import type { Implementation, LabId } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { codeSize } from "./code-size.ts";
import { figuresLines } from "./figures-lines.ts";
import { measureSpeed } from "./measure-speed.ts";
import { referenceFigures } from "./reference-figures.ts";

/** Measures a finished lab, and tells its size and speed beside the reference's figures. Takes about half a second. */
export async function comparedLines(lab: LabId, implementation: Implementation, style: Style): Promise<readonly string[]> {
  const started = performance.now();
  const size = await codeSize(implementation[lab]);
  const time = await measureSpeed(lab, implementation);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const head = `${lab} is finished. Beside the reference's figures (measured in ${seconds} s):`;
  return [
    ...wrap(head, style.width - 2, 2).map((line) => `  ${style.paint.green(line)}`),
    ...figuresLines(lab, { ...size, time }, referenceFigures[lab], style),
  ];
}

/** The same, and what to read next: said once, when the lab becomes finished. */
export async function finishedLines(lab: LabId, implementation: Implementation, style: Style): Promise<readonly string[]> {
  const read = wrap(readNext[lab], style.width - 10).map((line, index) => `  ${index === 0 ? style.paint.dim("read") : "    "}    ${line}`);
  return [...(await comparedLines(lab, implementation, style)), ...read];
}

/** The reference is not compared with itself. */
export function isReference(lab: LabId, implementation: Implementation): boolean {
  return isInside(join(root, "reference"), implementation[lab]);
}
