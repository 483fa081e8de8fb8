import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasReference, labFolders } from "#launch/implementation.mjs";
import { referenceSources } from "../run/lab-sources.ts";
import { allAttacks } from "./all-attacks.ts";
import { mark } from "./attack.ts";
import { type BattleGround, openBattleGround } from "./battle-ground.ts";

const good = Object.fromEntries([...(referenceSources()?.["lab-3"] ?? [])].map(([name, text]) => [`${labFolders["lab-3"]}/${name}`, text]));

let ground: BattleGround;
/** What the honest code gets without any attack. */
let honest: number;

beforeAll(async () => {
  ground = await openBattleGround();
  honest = (await ground.fight(undefined, good)).grade.earned;
});
afterAll(() => ground.close());

describe.skipIf(!hasReference || process.platform !== "linux")("a hostile submission", () => {
  it("would get some points without an attack, and not all", () => {
    expect(honest).toBeGreaterThan(0);
    expect(honest).toBeLessThan(50);
  });

  it.each(allAttacks)("$name: $says", async (attack) => {
    const { grade, bystander, said, calls, results, left } = await ground.fight(attack, good);

    // It has come to its point: an attack with a mistake in it would prove nothing.
    expect(said).toMatch(attack.seen ?? new RegExp(mark));
    if (attack.stopped !== undefined) expect(attack.stopped).toContain(firstStop(grade.labs[0]?.checks ?? []));

    expect(grade.earned).toBeLessThanOrEqual(honest);
    expect(grade.points).toBe(50);
    expect(grade.labs[0]?.checks).toHaveLength(bystander.labs[0]?.checks.length ?? 0);
    expect(grade.problem).toBeUndefined();

    expect(bystander.problem).toBeUndefined();
    expect(bystander.earned).toBe(50);

    expect(said).not.toContain(ground.targets.secret);
    expect(said).not.toContain("BEGIN SOLUTION");
    expect(calls).toBe(0);
    expect(JSON.parse(results)).toEqual({ secret: ground.targets.secret });
    expect(left).toEqual([]);
  });

  it("has a name of its own, and there are many", () => {
    expect(new Set(allAttacks.map(({ name }) => name)).size).toBe(allAttacks.length);
    expect(allAttacks.length).toBeGreaterThanOrEqual(50);
  });
});

function firstStop(checks: readonly { readonly reason?: unknown }[]): unknown {
  return checks.find(({ reason }) => reason !== undefined)?.reason;
}
