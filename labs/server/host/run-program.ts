import { spawnSync } from "node:child_process";
import type { Millis } from "#contract/vocabulary.ts";

/** Where administration programs live; an ordinary user's PATH often leaves these out. */
const adminFolders = ":/usr/sbin:/sbin:/usr/local/sbin";

/** A program that waits for a lock somebody else holds is given up. */
const longest: Millis = 10_000;

export type Outcome =
  | { readonly kind: "done"; readonly output: string }
  /** It is not installed. */
  | { readonly kind: "missing" }
  /** It ran and refused; `reason` is the first line of what it said. */
  | { readonly kind: "failed"; readonly reason: string };

/** Runs a program of the host to its end, with `input` as its standard input. Synchronous, so that it can still be called while the process exits. */
export type RunProgram = (command: string, args: readonly string[], input?: string) => Outcome;

export const runProgram: RunProgram = (command, args, input = "") => {
  const env = { ...process.env, PATH: `${process.env["PATH"] ?? ""}${adminFolders}`, LC_ALL: "C" };
  const { error, status, stdout, stderr } = spawnSync(command, args, { input, encoding: "utf8", timeout: longest, env });
  if (error !== undefined && "code" in error && error.code === "ENOENT") return { kind: "missing" };
  if (status === 0) return { kind: "done", output: stdout };
  const said = (stderr ?? "").split("\n").find((line) => line.trim() !== "");
  return { kind: "failed", reason: said?.trim() ?? error?.message ?? `exit code ${status}` };
};
