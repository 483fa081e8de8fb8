import { describe, expect, it } from "vitest";
import { check, classOf, grade, hostileText, lab, secret } from "./example/tiny-class.ts";
import { markdownText, withinBytes } from "./markdown-text.ts";
import { summaryFiles } from "./summary.ts";

const failing = lab([check("a", "passed"), check("b", "failed"), check("c", "not-started"), secret], {
  misconceptions: [{ name: "x", says: "takes one read for one message", section: "docs/lab-1-codec.md#stream", fit: "exact" }],
});
const grades = classOf([
  grade("ada", [lab([check("a", "passed"), check("b", "passed"), check("c", "passed")])]),
  grade("bo", [failing], { adjustments: [{ kind: "late", points: -1, why: "a day late" }] }),
  grade("eve", [failing], { problem: "the sandbox could not be started" }),
]);
const content = (path: string, of = grades) => summaryFiles(of).find((file) => file.path === path)?.content ?? "";

describe("the summary of a class", () => {
  const summary = content("summary.md");

  it("has the figures, the mistakes, the hardest checks and every submission", () => {
    expect(summary).toContain("2 of 3 submissions graded; median 3.5, mean 3.5 of 6 points.");
    expect(summary).toContain("- **2** submissions: takes one read for one message (docs/lab-1-codec.md&#35;stream)");
    expect(summary).toContain("| lab-1.b | A message is delivered with its last byte | 2 of 3 | 0 |");
    expect(summary).not.toContain("hidden");
    expect(summary).toContain("| ada | 6/6 |  | **6**/6 |");
    expect(summary).toContain("| bo | 2/6 | -1 | **1**/6 |");
    expect(summary).toContain("- eve: the sandbox could not be started");
  });

  it("stays below what GitHub takes, and says that something is missing", () => {
    const problem = "the sandbox could not be started ".repeat(50);
    const many = classOf(Array.from({ length: 800 }, (_, index) => grade(`student-${index}`, [], { problem })));
    const long = summaryFiles(many)[0]?.content ?? "";
    expect(Buffer.byteLength(long)).toBeLessThan(1 << 20);
    expect(long).toMatch(/There is more than fits here; the HTML report has all of it\.\n$/);
  });
});

describe("the summary of a submission", () => {
  it("has points by lab, and the stories of what fails", () => {
    const summary = content("submissions/bo/summary.md");
    expect(summary).toContain("### bo: 1 of 6 points");
    expect(summary).toContain("| lab-1 codec | 2/6 | 1 | 1 | 1 |");
    expect(summary).toContain("<details><summary>lab-1.b: nothing came</summary>\n\n<pre>\nx lab-1.b  A message");
    expect(summary).toContain("1 hidden check is kept back until it is released, and its points with it.");
  });
});

describe("a student's text", () => {
  it("is no markup, link, mention, table cell or command", () => {
    expect(markdownText("<b>|`a`[b](http://c)@d www.e.f ~~g~~\n::error::")).toBe(
      "&#60;b&#62;&#124;&#96;a&#96;&#91;b&#93;(http&#58;//c)&#64;d www&#46;e.f &#126;&#126;g&#126;&#126; &#58; &#58;error&#58;&#58;",
    );
    expect(markdownText("- item")).toBe("&#45; item");
  });

  it("cannot leave its block", () => {
    const text = "</pre></details>\n# title\n```\n" + hostileText;
    const failure = { story: [], at: undefined, headline: text, detail: [{ kind: "got", text } as const] };
    const summary = content(
      "submissions/ada/summary.md",
      classOf([grade("ada", [lab([check("b", "failed", { failure, printed: text })])])]),
    );
    expect(summary.match(/<[^>]*>/g)).toEqual(["<details>", "<summary>", "</summary>", "<pre>", "</pre>", "</details>"]);
    expect(summary).not.toMatch(/^\s*(::|##\[)/m);
  });
});

it("keeps whole parts within so many bytes", () => {
  expect(withinBytes(["a", "b"], 1000)).toBe("a\nb\n");
  expect(withinBytes(["ä".repeat(40), "b".repeat(40)], 150)).toBe(
    `${"ä".repeat(40)}\n\nThere is more than fits here; the HTML report has all of it.\n`,
  );
});
