import { afterAll, expect, it } from "vitest";
import { usualLimits } from "#checks/harness/run/limits.ts";
import { hasReference } from "#launch/implementation.mjs";
import { allVariants } from "./all-variants.ts";
import { createExaminer } from "./examiner.ts";

/** For each lab one of those wrong versions whose failure needs the most steps, and so many lines are its story at most. */
const longest = [
  ["waits-for-a-full-chunk", "lab-1.decode-generated", 10],
  ["two-places", "lab-2.pool-model", 14],
  ["never-listens", "lab-3.heartbeat-model", 6],
  ["104-not-heard", "lab-4.core-model", 16],
  ["key-stays-in-front", "lab-5.interface-model", 14],
] as const;

const examiner = createExaminer(1, { patience: usualLimits.check });
afterAll(() => examiner.close());

it.skipIf(!hasReference).each(longest)("%s is told by %s in few steps: each is needed", async (name, check, most) => {
  const variant = Object.values(allVariants)
    .flat()
    .find((each) => each.name === name);
  if (variant === undefined) throw new Error(`There is no wrong version ${name}.`);
  const [result] = await examiner.examine(variant, { ids: [check] });
  const failure = result?.failure;
  expect(result?.status).toBe("failed");
  expect(failure?.story.length).toBeGreaterThan(2);
  expect(failure?.story.length).toBeLessThanOrEqual(most);
  expect(failure?.detail.at(-1)?.text).toMatch(/^the smallest of the failing cases; \d+ were generated$/);
});
