import { describe, expect, it } from "vitest";
import { labIds } from "#launch/implementation.mjs";
import type { LabChecks } from "../check.ts";
import { createHost } from "../host.ts";
import { registry } from "../registry.ts";
import { isFactory, isFunction, type MemberShapes, type Shape } from "../shape.ts";
import { runCheck } from "./run-check.ts";

/** What a lab in the making may return, from each of its functions. */
const answers: readonly (readonly [name: string, answer: () => unknown])[] = [
  ["undefined", () => undefined],
  ["null", () => null],
  ["a number", () => 7],
  ["NaN", () => Number.NaN],
  ["true", () => true],
  ["a text", () => "text"],
  ["an empty object", () => ({})],
  ["an empty list", () => []],
  ["a list of nothing", () => [undefined, null]],
  ["a list of empty objects", () => [{}]],
  ["no bytes", () => new Uint8Array()],
  ["an answer without a value", () => ({ ok: true })],
  ["a refusal without a reason", () => ({ ok: false })],
  ["a refusal for nothing", () => ({ ok: false, error: null })],
  ["actions without content", () => [{ kind: "message" }, { kind: "send" }, { kind: "error" }, { kind: "close" }]],
  ["a function", () => () => 1],
  ["a promise", async () => 1],
  ["its arguments", (...args: unknown[]) => args],
];

const labs = await Promise.all(labIds.flatMap((id) => registry[id] ?? []).map((load) => load()));

/** A lab all of whose functions answer alike. What makes objects makes objects whose functions do. */
function memberOf(shape: Shape, answer: () => unknown): unknown {
  if (isFactory(shape)) return () => membersOf(shape.makes, answer);
  return isFunction(shape) ? answer : membersOf(shape, answer);
}

function membersOf(shape: MemberShapes, answer: () => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shape).map(([name, inner]) => [name, memberOf(inner, answer)]));
}

function hostOf(lab: LabChecks<unknown>, answer: () => unknown) {
  const members = Object.entries(membersOf(lab.shape, answer)).map(([name, member]) => [name, async () => member]);
  return createHost(Object.fromEntries(members), lab.shape);
}

describe.each(labs)("the checks of $id", (lab) => {
  it.each(answers)("judge a lab that always answers with %s, without a fault of their own", async (_name, answer) => {
    const statuses = new Set<string>();
    for (const check of lab.checks) {
      const { status } = await runCheck(lab, check, hostOf(lab, answer), 1).catch((error: unknown) => {
        throw new Error(`${check.id}: ${error instanceof Error ? error.stack : String(error)}`);
      });
      statuses.add(status);
    }
    expect(statuses).toContain("failed");
    expect(statuses).not.toContain("not-started");
  });
});
