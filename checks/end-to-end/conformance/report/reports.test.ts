import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import type { ConformanceCase } from "../case.ts";
import type { CaseResult } from "../case-result.ts";
import { failureStory, resultLine } from "./case-lines.ts";
import { jsonReport } from "./json-report.ts";
import { junitReport } from "./junit-report.ts";
import { summaryLines } from "./summary-lines.ts";

const style = { paint: new Chalk({ level: 0 }), width: 80 };

const made = (id: string): ConformanceCase => ({
  id,
  title: `What ${id} asks`,
  rule: "docs/protocol.md#framing",
  why: `Servers that do not are wrong, and ${id} shows it to everybody who has read as far as this line.`,
  run: async () => {},
});
const cases = ["good", "bad", "gone"].map(made);
const [good, bad, gone] = cases as [ConformanceCase, ConformanceCase, ConformanceCase];

const passed: CaseResult = { id: "good", status: "passed", duration: 12 };
const failed: CaseResult = {
  id: "bad",
  status: "failed",
  duration: 5034,
  failure: {
    story: [{ at: 3, verb: "A sent", words: "100 ip-request" }],
    at: 5034,
    headline: "expected <A> to be lent an address, but nothing came",
    detail: [{ kind: "note", text: "A has got only" }],
  },
  printed: "segmentation\u0007 fault\n",
  neverUp: false,
};
const notTested: CaseResult = { id: "gone", status: "not-tested", why: "there is no kernel", duration: 0 };
const results = [passed, failed, notTested];

describe("conformance on a terminal", () => {
  it("tells a result in one line", () => {
    expect([resultLine(good, passed, style), resultLine(bad, failed, style), resultLine(gone, notTested, style)]).toEqual([
      "ok  good                      What good asks                              0.01 s",
      "x   bad                       What bad asks                               5.03 s",
      "-   gone                      not tested: there is no kernel              0.00 s",
    ]);
  });

  it("tells a failure as a story that ends in the rule and the way on", () => {
    expect(failureStory(bad, failed, style)).toEqual([
      "x bad  What bad asks",
      "    t=0.003 s     A sent     100 ip-request",
      "  > t=5.034 s     expected <A> to be lent an address, but nothing came",
      "    A has got only",
      "    the server printed",
      "      | segmentation fault",
      "    why     Servers that do not are wrong, and bad shows it to everybody who has",
      "            read as far as this line.",
      "    rule    docs/protocol.md#framing",
      "    again   add --only bad to the same command",
    ]);
  });

  it("does not explain a rule that was never reached", () => {
    const story = failureStory(bad, { ...failed, neverUp: true }, style).join("\n");
    expect(story).not.toContain("rule");
    expect(story).toContain("segmentation fault");
  });

  it("says in the end what was not tested, and why", () => {
    expect(summaryLines(results, { leftOut: [made("slow")], took: 6000 }, style)).toEqual([
      "not tested: gone. Reason: there is no kernel",
      "left out by --quick: slow",
      "",
      "1 passed, 1 failed, 1 not tested   6.0 s",
    ]);
  });
});

describe("conformance in files", () => {
  it("is JSON with every result", () => {
    expect(jsonReport("./my-server", cases, results)).toMatchObject({
      format: "4over6-lab-kit/conformance/v1",
      server: "./my-server",
      passed: 1,
      failed: 1,
      notTested: 1,
      cases: [
        { id: "good", status: "passed", rule: "docs/protocol.md#framing" },
        { id: "bad", status: "failed", failure: { headline: failed.failure.headline } },
        { id: "gone", status: "not-tested", why: "there is no kernel" },
      ],
    });
  });

  it("is JUnit XML in which no text is markup", () => {
    const xml = junitReport(`./my "server" & co`, cases, results, () => "> a < b\u0000");
    expect(xml).toContain(`<testsuite name="4over6 conformance of ./my &quot;server&quot; &amp; co" tests="3" failures="1" skipped="1"`);
    expect(xml).toContain(`<failure message="expected &lt;A&gt; to be lent an address, but nothing came">&gt; a &lt; b?</failure>`);
    expect(xml).toContain(`<skipped message="there is no kernel"/>`);
  });
});
