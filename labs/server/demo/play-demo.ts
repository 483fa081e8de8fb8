import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { DemoOptions } from "./demo-options.ts";
import { stoppedBy, syntaxFaultOf } from "./lab-at-fault.ts";
import { namespaceCommands, whyNoNamespaces } from "./namespace-commands.ts";
import type { DemoLink, StoryEvent } from "./story.ts";
import { type StageEnd, type WatchedStage, watchStage } from "./watch-stage.ts";

export type PlayHooks = {
  /** Before a stage is tried; `why` the memory link is taken in place of namespaces, if it is. */
  readonly onLink: (link: DemoLink, why: string | undefined) => void;
  readonly onEvent: (event: StoryEvent) => void;
  /** What to end when the user wants to stop. */
  readonly onStage: (stage: WatchedStage) => void;
};

/** Plays the demo on the best stage that can be had. */
export async function playDemo({ link, from }: DemoOptions, hooks: PlayHooks): Promise<StageEnd> {
  try {
    return await playOn(link, from, hooks);
  } catch (error) {
    const fault = syntaxFaultOf(error);
    if (fault === undefined) throw error;
    return { kind: "failed", why: stoppedBy(fault), details: [] };
  }
}

async function playOn(link: DemoOptions["link"], from: string, hooks: PlayHooks): Promise<StageEnd> {
  let why: string | undefined;
  if (link !== "memory") {
    const end = await playInNamespaces(link === "tap" ? "tap" : "tun", from, hooks);
    if (end.kind !== "unavailable" || link !== "auto") return end;
    why = end.why;
  }
  hooks.onLink("memory", why);
  return watch([process.execPath, ...sourceMaps, await program("demo/memory-stage.ts", from)], hooks);
}

/** Tries each way to make namespaces, until one works. */
async function playInNamespaces(link: "tun" | "tap", from: string, hooks: PlayHooks): Promise<StageEnd> {
  const missing = whyNoNamespaces();
  if (missing !== undefined) return { kind: "unavailable", why: missing };
  const names = ["demo/namespace-stage.ts", "demo/visitor.ts", "demo/internet.ts", "server.ts", "client.ts"] as const;
  const files = await Promise.all(names.map((name) => program(name, from)));
  const reasons: string[] = [];
  for (const command of namespaceCommands()) {
    let told = false;
    const end = await watch([...command, process.execPath, ...sourceMaps, ...files, link], {
      ...hooks,
      onEvent: (event) => {
        if (!told) hooks.onLink(link, undefined);
        told = true;
        hooks.onEvent(event);
      },
    });
    if (end.kind !== "unavailable") {
      if (!told) hooks.onLink(link, undefined);
      return end;
    }
    reasons.push(end.why);
  }
  return { kind: "unavailable", why: reasons[0] ?? "there is no way to make namespaces" };
}

function watch(command: readonly string[], hooks: PlayHooks): Promise<StageEnd> {
  const stage = watchStage(command, hooks.onEvent);
  hooks.onStage(stage);
  return stage.ended;
}

/** So that the stack of a crash names the labs' own files and lines. */
const sourceMaps = ["--enable-source-maps"];

/**
 * A program of labs/server in one file, made here: inside a namespace nobody may be allowed to write to this folder. It is marked as new,
 * since other commands throw away the oldest files of the cache, and this one is started a little later.
 */
async function program(path: string, from: string): Promise<string> {
  const { file } = await bundle(join(root, "labs", "server", path), implementationFrom(from));
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
  return file;
}
