import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { check, classOf, grade, hostileText, lab, secret } from "../example/tiny-class.ts";
import { htmlFiles } from "./report.ts";

const checks = [
  check("a", "passed"),
  check(`b"><img src=x>`, "failed", { title: hostileText, printed: hostileText }),
  check("c", "stopped", { reason: "timeout" }),
  check("d", "not-started", { missing: "d is missing" }),
  secret,
];
const hostile = {
  ...grade("ada", [
    lab(checks, {
      missingFiles: [hostileText],
      typeFaults: [{ file: hostileText, line: 1, column: 1, message: hostileText, source: hostileText }],
      misconceptions: [{ name: "m", says: hostileText, section: hostileText, fit: "similar" }],
    }),
  ]),
  submission: {
    id: "ada",
    source: "git" as const,
    revision: hostileText,
    submittedAt: hostileText,
    students: [{ id: hostileText, name: hostileText, email: hostileText }],
    group: hostileText,
    refused: [{ path: hostileText, why: hostileText }],
  },
  adjustments: [{ kind: "override" as const, points: 1, why: hostileText }],
  probes: [hostileText],
  total: 3,
};
const grades = classOf([hostile, grade("bo", [lab(checks)], { problem: hostileText })], { course: hostileText });
const report = htmlFiles(grades)[0]?.content ?? "";
const count = (pattern: RegExp) => report.match(pattern)?.length ?? 0;

describe("the HTML report", () => {
  it("has no script, no link to elsewhere, and a policy that allows its own style sheet alone", () => {
    expect(report).not.toMatch(/<(script|img|iframe|object|embed|link|base|form)\b/i);
    expect(report.replace(/"[^"]*"/g, "")).not.toMatch(/<[^>]*\s(on\w+|style|src|srcset)=/i);
    for (const [, target] of report.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#/);
    const style = /<style>([\s\S]*?)<\/style>/.exec(report)?.[1] ?? "";
    expect(style).not.toMatch(/url\(|@import/);
    expect(report).toContain(
      `default-src &#39;none&#39;; style-src &#39;sha256-${createHash("sha256").update(style).digest("base64")}&#39;`,
    );
  });

  it("has a cell for each check of each submission, with a sign that needs no colour", () => {
    const cells = [...report.matchAll(/<td class=[pftnq][ >][^<]*(?:<a [^>]*>)?([^<]*)/g)];
    expect(cells).toHaveLength(2 * checks.length);
    expect(cells.slice(0, 5).map(([cell, inLink]) => inLink || cell.at(-1))).toEqual(["·", "x", "!", "-", "x"]);
  });

  it("links to nothing that is not there", () => {
    const ids = new Set([...report.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
    expect(ids.size).toBe(count(/\sid="/g));
    for (const [, target] of report.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    for (const [, label] of report.matchAll(/aria-labelledby="([^"]*)"/g)) expect(ids).toContain(label);
  });

  it("tells on a submission's page its total, what changed it, its failures as the terminal does, tier, probes and receipt", () => {
    const page = /<article class="page" id="s-ada"[\s\S]*?<\/article>/.exec(report)?.[0] ?? "";
    expect(page).toContain("<b>3</b> of 10 points");
    expect(page).toContain("changed by hand");
    expect(page).toContain("SECRET headline");
    expect(page).toContain("it took too long");
    expect(page).toContain("1 not started: d");
    expect(page).toContain("sandbox tier T1, seed 4006");
    expect(page).toContain("sha256-616461");
    expect(page).toContain("Looks much like:");
  });

  it("says which submission has no grade, and why", () => {
    expect(report).toMatch(/<h2 id="ungraded-title">Not graded<\/h2><ul><li><a href="#s-bo">bo<\/a>: &lt;script&gt;/);
  });

  it("can be written of nothing", () => {
    expect(htmlFiles(classOf([]))[0]?.content).toContain("No check fails.");
  });
});
