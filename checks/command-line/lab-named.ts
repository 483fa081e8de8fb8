import { registry } from "#checks/harness/registry.ts";
import { shellWord } from "#checks/harness/report/again-command.ts";
import type { LabId } from "#launch/implementation.mjs";
import { UsageError } from "./usage-error.ts";

/** `lab-1`, `lab1`, `1`, or a path that holds a lab's folder name; of the labs that have checks, or of those that are given. */
export function labNamed(word: string, labs: readonly LabId[] = Object.keys(registry) as LabId[]): LabId {
  const digit = (/^(?:lab-?)?([1-9])$/.exec(word) ?? /(?:^|[\\/])lab-([1-9])(?:-[a-z-]+(?:[\\/.]|$)|[\\/])/.exec(word))?.[1];
  const lab = labs.find((id) => id === `lab-${digit}`);
  if (lab === undefined) throw new UsageError(`There is no lab ${word}. ${checkNamed(word, labs) ?? `The labs are ${labs.join(", ")}.`}`);
  return lab;
}

/** How to check one check, for who gave its name where a lab's is due. */
function checkNamed(word: string, labs: readonly LabId[]): string | undefined {
  const [lab, name] = word.split(".");
  return name && labs.some((id) => id === lab) ? `To run one check: npm run check ${lab} -- --only ${shellWord(name)}` : undefined;
}
