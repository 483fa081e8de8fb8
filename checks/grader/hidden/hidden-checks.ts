import { UsageError } from "#checks/command-line/usage-error.ts";
import type { CheckGrade } from "#checks/grader/model/grade.ts";
import type { Check, LabChecks } from "#checks/harness/check.ts";
import { labIds } from "#launch/implementation.mjs";
import type { HiddenModule } from "./hidden-modules.ts";

/** The instructor's own checks, beside those that students have. */
export type HiddenChecks = {
  readonly checks: readonly HiddenCheck[];
  /** The files that they stand in: a part of what is hashed into a receipt. */
  readonly sources: readonly (readonly [name: string, content: string])[];
};

type HiddenCheck = { readonly check: Check<unknown>; readonly points: number; readonly category: string | undefined };

export const noHiddenChecks: HiddenChecks = { checks: [], sources: [] };

/**
 * Looks at what the instructor's files export: `checks` and `points`, as the kit's own files have them, and perhaps `category`, the word or
 * two that students are told before the checks are released.
 *
 * @param known the ids of the kit's checks
 * @throws {UsageError} with the file
 */
export function readHiddenChecks(modules: readonly HiddenModule[], known: readonly string[]): HiddenChecks {
  const taken = new Set(known);
  const checks = modules.flatMap(({ name, exports }) => {
    const fail = (what: string): never => {
      throw new UsageError(`--hidden, ${name}: ${what}.`);
    };
    const { checks: list, points, category } = exports;
    if (!Array.isArray(list) || list.length === 0) return fail("it exports no list of checks: export const checks = […]");
    if (typeof points !== "object" || points === null) return fail('it exports no points: export const points = { "lab-3.my-check": 2 }');
    if (category !== undefined && typeof category !== "string") return fail("its category is no text");
    return list.map((check: Partial<Check<unknown>>): HiddenCheck => {
      const { id = "", title, rule, hints, run } = check;
      const worth: unknown = (points as Record<string, unknown>)[id];
      if (!labIds.some((lab) => new RegExp(`^${lab}\\.[a-z0-9-]{1,60}$`).test(id)))
        return fail(`${id || "a check"} needs an id such as lab-3.my-check`);
      if (taken.has(id)) return fail(`there is a check ${id} already`);
      taken.add(id);
      if (typeof run !== "function") return fail(`${id} has no function run`);
      if (typeof worth !== "number" || !(worth >= 0 && worth <= 1000)) return fail(`points say no number for ${id}`);
      return {
        check: { id, title: title ?? id, rule: rule ?? "", hints: hints ?? ["", "", ""], run },
        points: worth,
        category,
      };
    });
  });
  return { checks, sources: modules.map(({ name, source }) => [`hidden/${name}`, source]) };
}

/** The lab with the instructor's checks behind its own. */
export function withHiddenChecks(lab: LabChecks<unknown>, { checks }: HiddenChecks): LabChecks<unknown> {
  const own = checks.filter(({ check }) => check.id.startsWith(`${lab.id}.`));
  if (own.length === 0) return lab;
  return {
    ...lab,
    checks: [...lab.checks, ...own.map(({ check }) => check)],
    points: { ...lab.points, ...Object.fromEntries(own.map(({ check, points }) => [check.id, points])) },
  };
}

/** The same grades, with those of the instructor's checks marked as hidden. */
export function markHidden(grades: readonly CheckGrade[], { checks }: HiddenChecks): readonly CheckGrade[] {
  return grades.map((grade) => {
    const hidden = checks.find(({ check }) => check.id === grade.id);
    if (hidden === undefined) return grade;
    return { ...grade, hidden: true, ...(hidden.category === undefined ? {} : { category: hidden.category }) };
  });
}
