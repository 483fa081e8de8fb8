import type { ClassGrades } from "../model/grade.ts";
import { anonymised } from "./anonymise.ts";
import { classroom50Files } from "./classroom50.ts";
import { ctrfFiles } from "./ctrf.ts";
import { gradebookFiles } from "./gradebook.ts";
import { gradescopeFiles } from "./gradescope.ts";
import { htmlFiles } from "./html/report.ts";
import { junitFiles } from "./junit.ts";
import { thisMachine, withoutMachine } from "./machine.ts";
import { summaryFiles } from "./summary.ts";
import type { Writer, WriterOptions } from "./writer.ts";

/** Every format that grades can be written in, by the name under which a user asks for it. docs/grade-formats.md tells of each. */
export const writers = {
  html: prepared(htmlFiles),
  csv: prepared(gradebookFiles),
  gradescope: prepared(gradescopeFiles),
  ctrf: prepared(ctrfFiles),
  junit: prepared(junitFiles),
  classroom50: prepared(classroom50Files),
  markdown: prepared(summaryFiles),
} satisfies Readonly<Record<string, Writer>>;

export type Format = keyof typeof writers;

/** A writer that is given no names that must not be published: those of the computer, and of students where they are to be numbers. */
function prepared(write: (grades: ClassGrades, options: WriterOptions) => ReturnType<Writer>): Writer {
  return (grades, options = {}) => write(anonymised(withoutMachine(grades, options.machine ?? thisMachine())), options);
}
