import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Millis } from "#contract/vocabulary.ts";
import type { StoryEvent } from "./story.ts";

/** How the play came to its end. */
export type StageEnd = Extract<StoryEvent, { kind: "finished" | "failed" | "unavailable" }>;

export type WatchedStage = {
  readonly ended: Promise<StageEnd>;
  /** Ends every process of the stage at once. */
  readonly kill: () => void;
};

/**
 * Starts a program that plays the demo, and hands on what it tells.
 *
 * @param command the program, and what starts it
 * @param longestSilence a stage that tells nothing for longer hangs
 */
export function watchStage(
  [file = "", ...args]: readonly string[],
  onEvent: (event: StoryEvent) => void,
  longestSilence: Millis = 10_000,
): WatchedStage {
  // A group of its own: Ctrl+C is for the narrator, who then ends all of them.
  const detached = process.platform !== "win32";
  const child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"], detached });
  let end: StageEnd | undefined;
  let heard = false;
  let complaints = "";

  const kill = (): void => {
    try {
      if (detached && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      else child.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  const hang = (): void => {
    end ??= {
      kind: "failed",
      why: `Nothing happened for ${longestSilence / 1000} s: something in the labs' code loops or waits for ever.`,
      details: [],
    };
    kill();
  };
  let silence = setTimeout(hang, longestSilence);

  createInterface({ input: child.stdout }).on("line", (line) => {
    clearTimeout(silence);
    silence = setTimeout(hang, longestSilence);
    const event = parseEvent(line);
    if (event === undefined) return;
    heard = true;
    if (event.kind === "finished" || event.kind === "failed" || event.kind === "unavailable") end ??= event;
    else onEvent(event);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString()}`.slice(-4000);
  });

  const ended = new Promise<StageEnd>((resolve) => {
    const finish = (outcome: StageEnd): void => {
      clearTimeout(silence);
      kill();
      resolve(end ?? outcome);
    };
    child.on("error", (error) => finish({ kind: "unavailable", why: error.message }));
    child.on("close", () => {
      const lines = complaints.trim().split("\n");
      finish(
        heard
          ? { kind: "failed", why: "The demo's program ended too early.", details: lines }
          : { kind: "unavailable", why: `namespaces are refused (${lines[0] || "and nothing says why"})` },
      );
    });
  });
  return { ended, kill };
}

/** Other lines are left out: somebody's `console.log` while looking for a mistake. */
function parseEvent(line: string): StoryEvent | undefined {
  try {
    const event = JSON.parse(line) as StoryEvent;
    return typeof event?.kind === "string" ? event : undefined;
  } catch {
    return undefined;
  }
}
