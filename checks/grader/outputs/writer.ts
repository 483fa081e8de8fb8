import type { ClassGrades } from "../model/grade.ts";
import type { Machine } from "./machine.ts";

/** A file to write. The path is relative to the folder of the grades, with `/`; what belongs to one submission is under `submissions/ID/`. */
export type OutputFile = { readonly path: string; readonly content: string };

/** What Classroom 50 knows and a grade does not: its runner gives these to an autograder. */
export type Classroom50Context = {
  readonly classroom: string;
  readonly assignment: string;
  readonly type?: "individual" | "group";
  /** The login of the repository's owner. */
  readonly owner?: string;
  /** The tag that was graded: `submit/…`. */
  readonly submission?: string;
  /** Links. */
  readonly commit?: string;
  readonly release?: string;
  readonly review?: string;
};

export type WriterOptions = {
  readonly classroom50?: Classroom50Context;
  /** Whose names and folders must stand in no file. The computer that writes, when nothing else is said. */
  readonly machine?: Machine;
};

/** Turns the grades of a class into files of one format. Reads and writes nothing itself. */
export type Writer = (grades: ClassGrades, options?: WriterOptions) => readonly OutputFile[];
