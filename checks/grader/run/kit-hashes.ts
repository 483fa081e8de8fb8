import { createHash, type Hash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { CheckGrade } from "../model/grade.ts";
import type { TakenFile } from "../model/submission.ts";

/** `sha256-` and 64 hexadecimal digits, of named contents in the order of their names. Each part is preceded by its length: no two lists are alike. */
export function hashOf(parts: readonly (readonly [name: string, content: string | Uint8Array])[]): string {
  const hash = createHash("sha256");
  for (const [name, content] of parts.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    addPart(hash, Buffer.from(name));
    addPart(hash, typeof content === "string" ? Buffer.from(content) : content);
  }
  return `sha256-${hash.digest("hex")}`;
}

function addPart(hash: Hash, bytes: Uint8Array): void {
  hash.update(`${bytes.length}:`).update(bytes);
}

/** Of what a submission's labs are put together with: contracts, helpers, devices, and the solved labs. */
export function kitHash(): string {
  return hashOf(["labs/contract", "labs/kit", "labs/devices", "reference"].flatMap(filesBelow));
}

/** What a verdict rests on: checks and harness, what they replay, and how a submission is run. Commands and reports do not change a verdict. */
const verdictFolders = [
  ...Object.values(labFolders).map((folder) => `checks/${folder}`),
  ...["harness", "skeleton", "grader/driver", "grader/run", "grader/real-tun", "grader/sandbox"].map((folder) => `checks/${folder}`),
  "fixtures",
];

/** Of the checks, and of what they replay. @param extra of the instructor's own checks */
export function checksHash(extra: readonly (readonly [name: string, content: string])[]): string {
  return hashOf([...verdictFolders.flatMap(filesBelow).filter(([name]) => !name.endsWith(".test.ts")), ...extra]);
}

export function submissionHash(files: readonly TakenFile[]): string {
  return hashOf(files.map(({ lab, path, content }) => [`${lab}/${path}`, content]));
}

export function verdictsHash(checks: readonly CheckGrade[]): string {
  return hashOf(checks.map(({ id, status, points, earned }) => [id, `${status} ${earned}/${points}`]));
}

function filesBelow(folder: string): readonly (readonly [string, Uint8Array])[] {
  let names: readonly string[];
  try {
    names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    // A hand-out has no reference.
    return [];
  }
  return names.map((name) => [name.slice(root.length + 1).replaceAll("\\", "/"), readFileSync(name)]);
}
