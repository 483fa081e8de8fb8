import type { CheckGrade } from "../../model/grade.ts";

type Status = CheckGrade["status"];

/** How a status is shown: a sign that reads without colour, a word, and the class of the style sheet. */
export const statusSigns: Readonly<Record<Status, { readonly sign: string; readonly word: string; readonly style: string }>> = {
  passed: { sign: "·", word: "passed", style: "p" },
  failed: { sign: "x", word: "failed", style: "f" },
  stopped: { sign: "!", word: "stopped", style: "t" },
  "not-started": { sign: "-", word: "not started", style: "n" },
  "not-run": { sign: "?", word: "not run", style: "q" },
};

export const statuses = Object.keys(statusSigns) as readonly Status[];
