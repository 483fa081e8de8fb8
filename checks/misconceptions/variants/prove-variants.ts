import { afterAll, expect, it } from "vitest";
import { registry } from "#checks/harness/registry.ts";
import type { LabId } from "#launch/implementation.mjs";
import { allMisconceptions } from "../catalogue/all-misconceptions.ts";
import { failureWords, mannerOf } from "../failure-words.ts";
import { likelyMisconceptions } from "../match-misconceptions.ts";
import { signaturesOf } from "../signatures.ts";
import { failures } from "./compute-signatures.ts";
import { createExaminer } from "./examiner.ts";
import type { Variant } from "./variant.ts";

const outdated = "The signature is not current. To compute all of this lab's anew: npm run misconceptions";

/**
 * Tests that each variant is found by its check and fails the checks that its signature says, and that the checks of the lab are all of use:
 * each finds a variant.
 *
 * @param threads how many variants are tried side by side
 */
export function proveVariants(lab: LabId, variants: readonly Variant[], threads = 1): void {
  const examiner = createExaminer(threads);
  const signatures = signaturesOf(lab);
  afterAll(() => examiner.close());

  // Most of the time is spent waiting for a thread. What is real in a check, a connection for example, may be late on a busy computer.
  it.concurrent.each(variants)("$name: $says ($check)", { timeout: 300_000, retry: 2 }, async (variant) => {
    const results = await examiner.examine(variant);
    const own = results.find(({ id }) => id === variant.check);
    if (variant.stopped) expect(["endless", "crashed"]).toContain(own?.status);
    else {
      expect(own?.status).toBe("failed");
      expect(own?.failure?.headline).toMatch(/./);
      expect(own?.failure?.story).not.toEqual([]);
    }
    const failed = failures(results);
    const signature = signatures.get(variant.name);
    const expected = results
      .map(({ id }) => id)
      .filter((id) => signature?.always.has(id) || (signature?.sometimes.has(id) && failed.includes(id)));
    expect(failed, `${outdated} ${lab} -- --update`).toEqual(expected);
    // What a student with that bug would be told.
    const named = allMisconceptions.find(({ lab: of, name, also }) => of === lab && [name, ...(also ?? [])].includes(variant.name));
    const said = likelyMisconceptions(lab, results).map(({ name }) => name);
    if (named === undefined) expect(said).toEqual([]);
    else expect(said).toContain(named.name);
    const shown = results.find(({ id }) => id === signature?.manner?.check);
    expect(shown && mannerOf(shown), `${outdated} ${lab} -- --update`).toBe(signature?.manner?.manner);
    const telling = results.find(({ id }) => id === signature?.words?.check);
    expect(telling && failureWords(telling), `${outdated} ${lab} -- --update`).toBe(signature?.words?.hash);
  });

  it("cover every check", async () => {
    const checks = (await registry[lab]?.())?.checks ?? [];
    const found = new Set(variants.map(({ check }) => check));
    expect(checks.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
    expect(checks.length).toBeGreaterThan(0);
  });

  it("have names of their own, belong to this lab, and have the only signatures", () => {
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
    expect(variants.filter((variant) => variant.lab !== lab)).toEqual([]);
    expect([...signatures.keys()], `${outdated} ${lab} -- --update`).toEqual(variants.map(({ name }) => name));
  });
}
