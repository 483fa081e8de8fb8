import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { renameSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Millis } from "#contract/vocabulary.ts";
import { removeStateFile } from "../host/state-file.ts";
import type { StatusReport } from "./status-report.ts";

/** How the sockets of running servers end. */
export const socketEnding = ".status";

/** Who does not take its answer within this time loses it. */
const patience: Millis = 5000;

/** So many may ask at the same time. */
const mostAsking = 8;

export type StatusSocket = {
  /** Synchronous, so that it can be called while the process exits. */
  readonly close: () => void;
};

/**
 * Answers everybody who connects to a socket in this folder with one report, and ends the connection. What is sent to it is not
 * read. Only this user, and root, can connect. Rejects when there can be no such socket.
 *
 * A killed server leaves its socket behind: whoever finds that nobody answers deletes it.
 */
export async function openStatusSocket(folder: string, report: () => StatusReport): Promise<StatusSocket> {
  const path = join(folder, randomUUID().slice(0, 8) + socketEnding);
  const draft = `${path}.draft`;

  const server = createServer((asking) => {
    asking.on("error", () => asking.destroy());
    asking.setTimeout(patience, () => asking.destroy());
    asking.end(JSON.stringify(report()));
  });
  server.maxConnections = mostAsking;
  // The socket gets its permissions when it is made, which is at once.
  const usual = process.umask(0o177);
  server.listen(draft);
  process.umask(usual);
  await once(server, "listening");
  server.on("error", () => {});
  server.unref();
  // It is found by its name, and not before it answers: a silent one would be taken for dead.
  renameSync(draft, path);

  return {
    close: () => {
      server.close();
      removeStateFile(path);
    },
  };
}
