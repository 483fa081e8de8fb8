import { Chalk } from "chalk";
import { describe, expect, it, vi } from "vitest";
import { madeUpGrade } from "#checks/grader/class/made-up-grade.ts";
import { memorySubmission } from "#checks/grader/model/memory-submission.ts";
import { columnsOf } from "#checks/harness/report/columns.ts";
import { durationWords, gradeLine, gradeProgress, progressBar, remaining } from "./grade-progress.ts";

const style = { paint: new Chalk({ level: 0 }), width: 80 };
const grade = madeUpGrade(memorySubmission("ann", {}));

/** The line of a submission that has this, too. */
function about(more: object): string {
  return gradeLine({ ...grade, submission: { ...grade.submission, ...more } }, "graded", style);
}

describe("the line of a submission", () => {
  it("has its points, whose it is, and what is unusual", () => {
    expect(about({})).toBe("  ann                                   7/10");
    expect(
      about({
        students: [
          { id: "1", name: "Ann A." },
          { id: "2", name: "Bob\u001b[31m" },
        ],
        refused: [{ path: "x", why: "y" }],
      }),
    ).toBe("  ann  Ann A., Bob                      7/10  1 not taken");
    expect(about({ source: "none" })).toContain("  nothing handed in");
    const adjusted = {
      ...grade,
      total: 8.5,
      adjustments: [{ kind: "late", points: -0.5, why: "" } as const, { kind: "override", points: 2, why: "" } as const],
    };
    expect(gradeLine(adjusted, "kept", style)).toBe("  ann                                 8.5/10  -0.5 late, +2 by hand, as before");
  });

  it("says why there is no grade", () => {
    expect(gradeLine({ ...grade, problem: "The disk\nis full" }, "graded", style)).toBe(
      "  ann                               no grade\n    The disk is full",
    );
  });

  it("fits the terminal, whatever the names", () => {
    const name = "張".repeat(200);
    for (const width of [40, 60, 80, 100])
      for (const line of gradeLine(
        { ...grade, problem: name, submission: { ...grade.submission, students: [{ id: "1", name }] } },
        "graded",
        { ...style, width },
      ).split("\n"))
        expect(columnsOf(line)).toBeLessThanOrEqual(width);
  });
});

/** What is written on the terminal while one of two submissions is graded. */
const drawn = (isTTY: boolean) => {
  const written: string[] = [];
  let now = 0;
  const progress = gradeProgress(2, style, { isTTY, columns: 60, write: (text) => written.push(text) }, () => (now += 1000));
  progress.done(grade, "graded");
  progress.end();
  return written;
};

describe("the bar", () => {
  it("grows, and estimates from what was graded, not from what was kept", () => {
    expect(progressBar(0, 40, undefined, 80)).toBe(`[${"-".repeat(40)}]  0 of 40`);
    expect(progressBar(10, 40, 90_000, 80)).toBe(`[${"#".repeat(10)}${"-".repeat(30)}]  10 of 40  about 2 min left`);
    expect(progressBar(40, 40, undefined, 30)).toMatch(/^\[#+\] {2}40 of 40$/);
    expect([remaining(6000, 0, 5), remaining(6000, 3, 5), remaining(6000, 3, 0)]).toEqual([undefined, 10_000, undefined]);
    expect([0, 1000, 89_000, 90_000, 5_400_000].map(durationWords)).toEqual([
      "about 1 s",
      "about 1 s",
      "about 89 s",
      "about 2 min",
      "about 1.5 h",
    ]);
  });

  it("is drawn on a terminal only", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    expect(drawn(false)).toEqual([]);
    expect(drawn(true).at(-2)).toContain("1 of 2  about 2 s left");
    expect(drawn(true).at(-1)).toBe("\r\u001b[K");
    expect(log).toHaveBeenCalledTimes(3);
    log.mockRestore();
  });
});
