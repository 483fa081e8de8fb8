// Runs a class of made-up submissions into a folder, and tells of each that is done. FOLDER, how many, and how large their files are.
// Each submission waits for a word on standard input, so that the test decides where the run is when it ends.
import { createInterface } from "node:readline";
import { gradeClass, type Planned } from "./grade-class.ts";
import { madeUpGrade, madeUpHash } from "./made-up-grade.ts";
import { madeUpManifest } from "./made-up-manifest.ts";
import { keepManifest, makeRunFolder, removeDrafts } from "./run-folder.ts";
import { lockRun } from "./run-lock.ts";

const [path = "", count = "0", size = "100"] = process.argv.slice(2);
const tell = (word: string) => process.stdout.write(`${word}\n`);
const folder = { path, shown: "grades" };
const ids = Array.from({ length: Number(count) }, (_, index) => `student-${String(index).padStart(2, "0")}`);
const words = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Bytes that do not pack well, and are the same each time. */
function contentOf(id: string): Uint8Array {
  let state = id.split("").reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) >>> 0;
  return Uint8Array.from({ length: Number(size) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

makeRunFolder(folder);
const lock = lockRun(path, folder.shown);
removeDrafts(folder);
keepManifest(folder, madeUpManifest(ids));
const planned = ids.map((id): Planned => {
  const about = { id, students: [{ id, name: id }] };
  const files = [{ lab: "lab-3", path: "heartbeat.ts", content: contentOf(id) } as const];
  return { id, about, read: async () => ({ ...about, source: "folder", files, refused: [] }) };
});
tell("begun");
try {
  const grades = await gradeClass({
    planned,
    folder,
    jobs: 2,
    signal: new AbortController().signal,
    grade: async (submission) => {
      const word = await words.next();
      if (word.done === true) process.exit(9);
      return madeUpGrade(submission, submission.id.charCodeAt(8) % 10);
    },
    ungraded: async (submission, problem) => ({ ...madeUpGrade({ ...submission, files: [] }, 0), problem }),
    finish: (grade) => grade,
    hashOf: madeUpHash,
    onDone: ({ submission }, how) => tell(`${how} ${submission.id}`),
  });
  tell(`end ${grades.length}`);
} catch (error) {
  tell(`failed ${error instanceof Error && "code" in error ? String(error.code) : String(error)}`);
}
lock.release();
process.exit(0);
