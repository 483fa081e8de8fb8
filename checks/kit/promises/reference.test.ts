import { describe, expect, it } from "vitest";
import { pointsOf } from "#checks/harness/check-result.ts";
import { runLab } from "#checks/harness/run/run-lab.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { hasReference, implementationFrom } from "#launch/implementation.mjs";
import { registeredLabs } from "./registered-labs.ts";

describe.skipIf(!hasReference)("the reference", () => {
  it.each(registeredLabs)("of $id passes every check, with every point", async (lab) => {
    const ids = lab.checks.map(({ id }) => id);
    const result = await runLab({ checks: lab, ids, implementation: implementationFrom("reference"), seed: defaultSeed });
    expect(result.checks.filter(({ status }) => status !== "passed").map(({ id, failure }) => ({ id, failure }))).toEqual([]);
    expect(result.typeFaults).toEqual([]);
    const { earned, points } = pointsOf(result.checks);
    expect(earned).toBe(points);
    expect(points).toBeGreaterThan(0);
    expect(result.checks.length).toBe(Object.keys(lab.points).length);
  });

  it.each(registeredLabs)("of $id passes with other generated inputs too", async (lab) => {
    const ids = lab.checks.map(({ id }) => id);
    for (const seed of [1, 2_147_483_647]) {
      const result = await runLab({ checks: lab, ids, implementation: implementationFrom("reference"), seed });
      expect(result.checks.filter(({ status }) => status !== "passed").map(({ id, failure }) => ({ id, seed, failure }))).toEqual([]);
    }
  });
});
