import { describe, expect, it } from "vitest";
import { createProgress } from "./progress.ts";

function tryTwo(isTTY: boolean): readonly string[] {
  const written: string[] = [];
  const progress = createProgress({ isTTY, write: (text: unknown) => written.push(String(text)) > 0 });
  progress.onMutationTestingPlanReady?.({ mutantPlans: [{}, {}] as never });
  progress.onMutantTested?.({ status: "Killed" } as never);
  progress.onMutantTested?.({ status: "Survived" } as never);
  progress.onMutationTestReportReady?.({} as never, {} as never);
  return written.map((text) => text.replace("\r\u001b[K", "|"));
}

describe("the progress of a run", () => {
  it("is one line that is written over, and gone in the end", () => {
    expect(tryTwo(true)).toEqual(["|  1 of 2 mutants tried, 0 survived", "|  2 of 2 mutants tried, 1 survived", "|"]);
  });

  it("is not told where there is no terminal", () => {
    expect(tryTwo(false)).toEqual([]);
  });
});
