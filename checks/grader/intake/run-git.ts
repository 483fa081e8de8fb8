import { spawn } from "node:child_process";
import { findProgram, limitedBy } from "../sandbox/find-program.ts";
import { bounds } from "./bounds.ts";
import { UnreadableSubmission } from "./unreadable-submission.ts";

/** A repository that cannot be trusted, and for how long git may work on it. */
export type GitRepository = { readonly folder: string; readonly signal: AbortSignal };

/**
 * Settings that a repository cannot take back: it starts no program, and asks no other computer. Only commands that read objects are used;
 * none of them makes a working tree, so hooks, filters and submodules have no say.
 */
const settings = [
  ["core.fsmonitor", "false"],
  // A second record of the commits' parents and times, which may say something else than the commits.
  ["core.commitGraph", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.pager", "cat"],
  ["protocol.allow", "never"],
  ["log.showSignature", "false"],
] as const;

/** Nothing of the user's own settings, and of the environment only what finds the program. */
const environment = {
  PATH: process.env["PATH"],
  SystemRoot: process.env["SystemRoot"],
  LC_ALL: "C",
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: process.platform === "win32" ? "NUL" : "/dev/null",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  // Parents are those that a commit names.
  GIT_GRAFT_FILE: process.platform === "win32" ? "NUL" : "/dev/null",
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
};

/** The program is missing. Whoever grades has to install it. */
class NoGit extends Error {
  override readonly name = "NoGit";
}

/**
 * What git answers.
 *
 * @param input what it is given on its standard input
 * @throws {UnreadableSubmission} when it fails, takes too long or says too much
 */
export function runGit({ folder, signal }: GitRepository, words: readonly string[], input = ""): Promise<Buffer> {
  const options = settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return new Promise((done, fail) => {
    // The repository is named, not looked for: then it may belong to another user, as unpacked submissions do.
    const git = ["git", "--no-pager", ...options, `--git-dir=${folder}`, ...words];
    // That git is missing is told by the system only where it is started directly.
    const within = findProgram("git") === undefined ? [] : limitedBy(`--data=${bounds.gitMemory}`);
    const [file = "git", ...args]: readonly string[] = [...within, ...git];
    const child = spawn(file, args, { env: environment, cwd: folder, signal });
    const chunks: Buffer[] = [];
    let length = 0;
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= bounds.gitAnswer) chunks.push(chunk);
      else child.kill("SIGKILL");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (complaint.length < 1000) complaint += chunk.toString("utf8");
    });
    child.on("error", (error) => {
      if ("code" in error && error.code === "ENOENT")
        fail(new NoGit("git is not installed, and a submission is a git repository; install git."));
      else fail(signal.aborted ? signal.reason : error);
    });
    child.on("close", (code) => {
      if (length > bounds.gitAnswer) fail(new UnreadableSubmission("is a repository with too many files"));
      else if (code === 0) done(Buffer.concat(chunks));
      else fail(new UnreadableSubmission(`is a repository that git cannot read (${firstLine(complaint)})`));
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** Git's own words, without the place where the repository lies. */
function firstLine(complaint: string): string {
  const [line = ""] = complaint.trim().split("\n");
  return line.replace(/'?\/[^\s':]*'?/g, "…") || "it gave no reason";
}
