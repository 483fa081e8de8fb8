import type { LabId } from "#launch/implementation.mjs";
import type { Misconception } from "./misconception.ts";

/** A lab's misconceptions, sorted by the headings of its handout. */
export type Sections = Readonly<Record<string, readonly Omit<Misconception, "lab" | "section">[]>>;

export function inSections(lab: LabId, handout: string, sections: Sections): readonly Misconception[] {
  return Object.entries(sections).flatMap(([heading, entries]) =>
    entries.map((entry) => ({ ...entry, lab, section: `${handout}#${heading}` })),
  );
}
