import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { getCurrentSuite } from "vitest/suite";
import { readHintLevels } from "#checks/progress/hint-memory.ts";
import { counted } from "#kit/counted.ts";
import { type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import type { Check } from "./check.ts";
import { createHost } from "./host.ts";
import { labMembers } from "./lab-members.ts";
import { registry } from "./registry.ts";
import { failureLines } from "./report/failure-lines.ts";
import { type Style, terminalStyle, wrap } from "./report/style.ts";
import { runCheck } from "./run/run-check.ts";
import { defaultSeed } from "./seed.ts";

declare module "vitest" {
  /** What a reporter, or the UI, can read of a check. */
  interface TaskMeta {
    readonly id?: string;
    readonly points?: number;
    readonly rule?: string;
  }
}

/**
 * Makes each check of a `*.check.ts` file a vitest test. The vitest configuration appends a call of this to such files; imported from
 * elsewhere they stay plain data.
 *
 * @param url the check file's `import.meta.url`
 */
export async function registerChecks(url: string, checks: readonly Check<never>[]): Promise<void> {
  const file = fileURLToPath(url);
  if (expect.getState().testPath !== file) return;
  const id = labOf(file);
  const lab = await registry[id]?.();
  const members = await labMembers[id]?.();
  if (lab === undefined || members === undefined) throw new Error(`${basename(file)} belongs to no registered lab.`);
  const only = (process.env["KIT_ONLY"] ?? "").split(",").filter(Boolean);
  const source = readFileSync(file, "utf8");
  const seed = Number(process.env["KIT_SEED"] ?? defaultSeed);
  const asked = { from: process.env["KIT_FROM"] ?? "labs", integrated: Boolean(process.env["KIT_INTEGRATED"]), seed };

  describe(`${lab.id} ${lab.title}: ${basename(file, ".check.ts")}`, () => {
    for (const { id: checkId } of checks) {
      if (only.length > 0 && !only.includes(checkId)) continue;
      const check = lab.checks.find((candidate) => candidate.id === checkId);
      if (check === undefined) throw new Error(`${checkId} is not among the checks of ${lab.id}.`);
      const meta = { id: check.id, points: lab.points[check.id] ?? 0, rule: check.rule };
      it(`${checkId.split(".")[1]}: ${check.title}  (${worth(meta.points)})`, { meta }, async () => {
        const result = await runCheck(lab, check, createHost(members, lab.shape), seed);
        if (result.status === "passed") return;
        if (result.status === "not-started") throw pageError("Not started", ["", ...wrap(result.missing ?? "", page.width)].join("\n"));
        throw pageError("Failed", ["", ...failureLines(result, page, [], asked), ...hintLines(check, page)].join("\n"));
      });
      placeLastTest(source, check.id);
    }
  });
}

function labOf(file: string): LabId {
  const id = labIds.find((candidate) => file.includes(`/${labFolders[candidate]}/`));
  if (id === undefined) throw new Error(`${file} lies in no lab's folder.`);
  return id;
}

/** Editors and the browser view lead to where a check is written, and not to the call of `it` above. */
function placeLastTest(source: string, checkId: string): void {
  const at = source.indexOf(`"${checkId}"`);
  const test = getCurrentSuite().tasks.at(-1);
  if (at === -1 || test === undefined) return;
  const before = source.slice(0, at).split("\n");
  Object.assign(test, { location: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 } });
}

function worth(points: number): string {
  return points === 0 ? "extra" : counted(points, "point");
}

/** As wide as the report of the browser view on a laptop. */
const page: Style = { ...terminalStyle(false), width: 84 };

/** The hints that the student has asked for, and at least the first: here it costs no question. */
function hintLines({ id, hints }: Check<unknown>, { width }: Style): readonly string[] {
  const shown = hints.slice(0, Math.max(1, readHintLevels()[id] ?? 0));
  const label = (index: number) => `    hint ${index + 1} of ${hints.length}  `;
  const more = shown.length < hints.length ? [`    the next one: npm run hint ${id}`] : [];
  return ["", ...shown.flatMap((hint, index) => wrap(label(index) + hint, width, label(index).length)), ...more];
}

/** An error whose text is for the student: a stack would point at the harness. */
function pageError(name: string, text: string): Error {
  const error = new Error(text);
  error.name = name;
  error.stack = text;
  return error;
}
