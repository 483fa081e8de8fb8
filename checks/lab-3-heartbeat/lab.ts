import { defineLab } from "#checks/harness/check.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import { checks as anyTickChecks } from "./any-tick.check.ts";
import { checks as deathChecks } from "./death.check.ts";
import { checks as hearingChecks } from "./hearing.check.ts";
import { checks as misuseChecks } from "./misuse.check.ts";
import { checks as modelChecks } from "./model.check.ts";
import { points } from "./points.ts";
import { checks as replayChecks } from "./replay.check.ts";
import { checks as sendingChecks } from "./sending.check.ts";

/** Lab 3, in the order in which the handout builds it. */
export const lab3 = defineLab<Lab3>({
  id: "lab-3",
  title: "heartbeat",
  handout: "docs/lab-3-heartbeat.md",
  shape: { createHeartbeat: { makes: { heard: "call", tick: "call" } } },
  checks: [...sendingChecks, ...hearingChecks, ...deathChecks, ...anyTickChecks, ...misuseChecks, ...replayChecks, ...modelChecks],
  points,
});
