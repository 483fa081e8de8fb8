import { existsSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Millis } from "#contract/vocabulary.ts";
import { isOnlyOurs, removeStateFile, stateFolders } from "../host/state-file.ts";
import { parseReport, type StatusReport } from "./status-report.ts";
import { socketEnding } from "./status-socket.ts";

/** A running server answers in some milliseconds. One that is stopped, or has lost its way, does not. */
const patience: Millis = 3000;

/** A thousand users take a fifth of it. */
const longestAnswer = 2 * 1024 * 1024;

type Answer =
  | { readonly kind: "report"; readonly report: StatusReport }
  /** Nobody listens there any more. */
  | { readonly kind: "dead" }
  /** Somebody does, and says nothing that can be understood. */
  | { readonly kind: "silent" };

export type Answers = { readonly reports: readonly StatusReport[]; readonly silent: number };

/** Asks all servers of this user, and for root those of everybody who has rights in /run. In the order of their addresses. */
export async function askServers(folders = foldersToAsk()): Promise<Answers> {
  const paths = folders.flatMap((folder) => socketsIn(folder));
  const answers = await Promise.all(paths.map(askServer));
  const reports = answers.flatMap((answer) => (answer.kind === "report" ? [answer.report] : []));
  return {
    reports: reports.toSorted((a, b) => (a.listen < b.listen ? -1 : 1)),
    silent: answers.filter(({ kind }) => kind === "silent").length,
  };
}

/** Deletes the sockets that killed servers have left in a folder. */
export async function removeDeadSockets(folder: string): Promise<void> {
  await Promise.all(socketsIn(folder).map(removeIfDead));
}

function removeIfDead(path: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.on("connect", () => socket.destroy());
    socket.on("error", (error) => isDead(error) && removeStateFile(path));
    socket.on("close", () => resolve());
  });
}

/** Nobody listens there any more. */
function isDead({ code }: NodeJS.ErrnoException): boolean {
  return code === "ECONNREFUSED" || code === "ENOENT";
}

/** What the system's folder holds was put there by root, or by whom root let; what lies where everybody can write must be our own. */
function foldersToAsk(): readonly string[] {
  return [stateFolders.ofRoot, ...(isOnlyOurs(stateFolders.ofUser) ? [stateFolders.ofUser] : [])];
}

function socketsIn(folder: string): readonly string[] {
  try {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names.filter((name) => name.endsWith(socketEnding)).map((name) => join(folder, name));
  } catch {
    // It is not for this user.
    return [];
  }
}

/** Asks one server; a dead one's socket is deleted. Never rejects. */
function askServer(path: string): Promise<Answer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const socket = connect(path);
    const give = (answer: Answer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(give, patience, { kind: "silent" });
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > longestAnswer) give({ kind: "silent" });
    });
    socket.on("end", () => {
      const report = parseReport(Buffer.concat(chunks).toString());
      give(report === undefined ? { kind: "silent" } : { kind: "report", report });
    });
    socket.on("error", (error) => {
      if (isDead(error)) removeStateFile(path);
      give({ kind: isDead(error) ? "dead" : "silent" });
    });
  });
}
