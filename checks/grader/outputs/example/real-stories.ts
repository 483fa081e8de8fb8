import type { FailureReport } from "#checks/harness/check-result.ts";
import { allVariants } from "#checks/misconceptions/variants/all-variants.ts";
import { createExaminer } from "#checks/misconceptions/variants/examiner.ts";

/** Failures by check id. */
export type Stories = ReadonlyMap<string, FailureReport>;

/** The failures of real programs: some wrong versions of each lab, run against the check that finds them. */
export async function realStories(perLab: number): Promise<Stories> {
  const stories = new Map<string, FailureReport>();
  const examiner = createExaminer();
  for (const variants of Object.values(allVariants)) {
    // Not the first ones: spread over the lab's parts. Those of lab 4's shell open sockets.
    const quick = variants.filter(({ stopped, file }) => stopped === undefined && file !== "run-server.ts");
    const step = Math.max(1, Math.floor(quick.length / perLab));
    for (const variant of quick.filter((_, index) => index % step === 0).slice(0, perLab)) {
      const [result] = await examiner.examine(variant, { ids: [variant.check] });
      const failure = result?.failure;
      if (failure !== undefined) stories.set(variant.check, failure);
    }
  }
  await examiner.close();
  return stories;
}
