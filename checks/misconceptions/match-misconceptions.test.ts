import { describe, expect, it } from "vitest";
import { registry } from "#checks/harness/registry.ts";
import { type LabId, labIds } from "#launch/implementation.mjs";
import { type Knowledge, knowledgeOf, likelyMisconceptions } from "./match-misconceptions.ts";

type Labs = readonly { readonly lab: LabId; readonly ids: readonly string[]; readonly knowledge: Knowledge }[];

const labs: Labs = await Promise.all(
  labIds.map(async (lab) => ({ lab, ids: (await registry[lab]?.())?.checks.map(({ id }) => id) ?? [], knowledge: knowledgeOf(lab) })),
);

/** A run in which these checks failed and the others passed. */
function run(ids: readonly string[], failed: ReadonlySet<string>) {
  return ids.map((id) => ({ id, status: failed.has(id) ? "failed" : "passed" }));
}

/** The name under which a bug is known, if it has one. */
function nameOf({ misconceptions }: Knowledge, variant: string): string | undefined {
  return misconceptions.find(({ name, also }) => name === variant || also?.includes(variant))?.name;
}

/** All bugs that fail something. */
const bugs = labs.flatMap(({ knowledge, ...lab }) =>
  [...knowledge.signatures].flatMap(([name, signature]) => (signature.always.size > 0 ? [{ ...lab, knowledge, name, signature }] : [])),
);

describe("a pattern of failing checks", () => {
  const named = bugs.filter(({ knowledge, name }) => nameOf(knowledge, name) !== undefined);

  it("names the misconception whose signature it is, whatever the seed is", () => {
    for (const { lab, ids, knowledge, name, signature } of named)
      for (const failed of [signature.always, new Set([...signature.always, ...signature.sometimes])]) {
        const names = likelyMisconceptions(lab, run(ids, failed)).map((likely) => likely.name);
        expect(names, `${lab} ${name}`).toContain(nameOf(knowledge, name));
      }
  });
});
