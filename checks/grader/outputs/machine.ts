import { homedir, hostname, tmpdir } from "node:os";
import { root } from "#launch/root.mjs";
import type { ClassGrades } from "../model/grade.ts";

/** What of a computer must not get into a grade: its name, and where its folders are (absolute paths). */
export type Machine = { readonly host: string; readonly folders: readonly string[] };

/** The computer that this runs on. */
export function thisMachine(): Machine {
  return { host: hostname(), folders: [root, process.cwd(), tmpdir(), homedir()] };
}

/** Names that computers have and that are words of the kit. To replace them would spoil sentences, and tells nobody anything. */
const ordinaryNames = new Set(["localhost", "server", "client", "student", "host", "router", "lab", "kit"]);

/** A path that leads into a lab's folder: what stands before the folder says where the grader keeps its files. */
const beforeLabFolder = /(?:file:\/\/)?(?:\b[A-Za-z]:)?(?:[\\/][^\s\\/:'"`()<>]+)*[\\/](?=lab-\d-[a-z-]+[\\/])/g;

/**
 * The grades without the computer's name and without its paths, in whatever text they stand: a path into a lab's folder begins with
 * that folder, any other below one of the computer's folders is relative. The grader keeps them out in the first place; a student's
 * code may have printed them all the same.
 */
export function withoutMachine(grades: ClassGrades, machine: Machine): ClassGrades {
  const clean = cleaner(machine);
  return { ...grades, grades: grades.grades.map((grade) => mapText(grade, clean)) };
}

function cleaner({ host, folders }: Machine): (text: string) => string {
  const short = host.split(".")[0] ?? "";
  const names = [host, short].filter((name) => name.length > 1 && !ordinaryNames.has(name.toLowerCase()));
  // A folder in another goes first. The root of the file system is no folder of anybody's.
  const inOrder = [...new Set(folders.map((folder) => folder.replace(/[\\/]+$/, "")).filter((folder) => folder.length > 1))].toSorted(
    (a, b) => b.length - a.length,
  );
  const name = names.length === 0 ? undefined : new RegExp(`(?<![\\w.-])(?:${names.map(literally).join("|")})(?![\\w-])`, "gi");
  const folder =
    inOrder.length === 0 ? undefined : new RegExp(`(?:file://)?(?:${inOrder.map(literally).join("|")})(?:[\\\\/]|(?![\\w.-]))`, "g");
  return (text) => {
    const relative = /[\\/]/.test(text) ? text.replace(beforeLabFolder, "").replace(folder ?? /(?!)/, "") : text;
    return name === undefined ? relative : relative.replace(name, "(computer)");
  };
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** The same value with every text in it changed. */
function mapText<T>(value: T, change: (text: string) => string): T {
  if (typeof value === "string") return change(value) as T;
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => mapText(each, change)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapText(each, change)])) as T;
}
