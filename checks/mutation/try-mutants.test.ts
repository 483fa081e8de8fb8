import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { referencePath } from "./score.ts";
import { tryMutants } from "./try-mutants.ts";

/** As Stryker wants to have it told: the lines from one text to another. */
function linesOf(file: string, from: string, to: string): string {
  const lines = readFileSync(join(root, referencePath("lab-3", file)), "utf8").split("\n");
  return `${file}:${lines.findIndex((line) => line.includes(from)) + 1}-${lines.findIndex((line) => line.includes(to)) + 1}`;
}

/** This kit's own process may have other runs beside this one. */
const leftOvers = () => {
  const folder = join(root, ".kit", "mutation");
  return existsSync(folder) ? readdirSync(folder).filter((name) => name === `run-${process.pid}`) : [];
};

describe.skipIf(!hasReference)("mutants of two lines of lab 3", () => {
  it("are made, tried on the lab's checks, and told with their place; nothing is left behind", { timeout: 120_000 }, async () => {
    const mutants = await tryMutants("lab-3", [linesOf("heartbeat.ts", 'requireWholeNumber("elapsed"', "if (dead) return")]);
    const told = mutants.map(({ mutator, original, replacement, verdict }) => [mutator, original, replacement, verdict.kind].join(" "));
    expect(told.toSorted()).toEqual([
      'ArrayDeclaration [] ["Stryker was here"] killed',
      "ConditionalExpression dead false killed",
      "ConditionalExpression dead true killed",
      'StringLiteral "elapsed" "" ignored',
    ]);
    expect(mutants.every(({ lab, file, context }) => lab === "lab-3" && file === "heartbeat.ts" && context.includes("e"))).toBe(true);
    expect(mutants.filter(({ verdict }) => verdict.kind === "killed" && !verdict.by.startsWith("lab-3."))).toEqual([]);
    expect(leftOvers()).toEqual([]);
  });
});
