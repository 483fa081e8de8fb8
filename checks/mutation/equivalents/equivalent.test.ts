import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { exampleMutant, fault, killed, survived } from "../example-mutants.ts";
import { referencePath } from "../score.ts";
import { allEquivalents } from "./all-equivalents.ts";
import { type Equivalent, explain } from "./equivalent.ts";

const { line: _line, verdict: _verdict, ...about } = exampleMutant(survived);
const entry: Equivalent = { ...about, reason: "nobody can wait that long" };

describe("a survivor", () => {
  it("is explained by the entry that says what it changes and where, on whatever line that is", () => {
    const mutant = exampleMutant(survived, { line: 99 });
    expect(explain([mutant], [entry])).toEqual({ known: [{ mutant, reason: entry.reason }], unexplained: [], stale: [] });
  });

  it.each([
    ["lab", { lab: "lab-5" }],
    ["file", { file: "other.ts" }],
    ["mutator", { mutator: "ConditionalExpression" }],
    ["line of source", { context: "if (waited > deadAfter) return;" }],
    ["original", { original: "waited" }],
    ["replacement", { replacement: "true" }],
  ] as const)("of another %s is not", (_what, other) => {
    const mutant = exampleMutant(survived, other);
    expect(explain([mutant], [entry])).toMatchObject({ known: [], unexplained: [mutant] });
  });

  it("over which the kit stumbled is never explained", () => {
    const mutant = exampleMutant(fault);
    expect(explain([mutant], [entry])).toMatchObject({ known: [], unexplained: [mutant] });
  });
});

describe("an entry", () => {
  it("is stale when a check kills its mutant, or when there is none any more", () => {
    expect(explain([exampleMutant(killed)], [entry]).stale).toEqual([entry]);
    expect(explain([exampleMutant(survived, { original: "x" })], [entry]).stale).toEqual([entry]);
  });

  it("is not when its file was not tried", () => {
    expect(explain([exampleMutant(killed, { file: "other.ts" })], [entry]).stale).toEqual([]);
  });
});

function linesOf(path: string): ReadonlySet<string> {
  const lines = readFileSync(join(root, path), "utf8").split("\n");
  return new Set(lines.map((line) => line.trim()));
}

describe.skipIf(!hasReference)("the kit's entries", () => {
  it("name lines that stand in the reference, and reasons of one sentence", () => {
    const lost = allEquivalents.filter(({ lab, file, context }) => !linesOf(referencePath(lab, file)).has(context));
    expect(lost).toEqual([]);
    expect(allEquivalents.filter(({ reason }) => reason.length < 20 || reason.endsWith("."))).toEqual([]);
  });

  it("stand there once each", () => {
    const keys = allEquivalents.map(({ reason: _reason, ...rest }) => JSON.stringify(rest));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
