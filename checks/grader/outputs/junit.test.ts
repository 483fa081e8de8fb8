import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { create } from "xmlbuilder2";
import { root } from "#launch/root.mjs";
import { check, classOf, grade, hostileText, lab, secret } from "./example/tiny-class.ts";
import { junitFiles } from "./junit.ts";

const xmllint = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"].find((file) => existsSync(file));

const hostile = check("b", "failed", {
  title: hostileText,
  failure: {
    story: [{ at: 0, verb: "said", words: hostileText }],
    at: 0,
    headline: hostileText,
    detail: [{ kind: "got", text: hostileText }],
  },
  printed: hostileText,
});
const checks = [
  check("a", "passed"),
  hostile,
  check("c", "stopped", { reason: "crash" }),
  check("d", "not-started", { missing: "d is missing" }),
  secret,
];
const grades = classOf([grade("ada", [lab(checks)]), grade("bo", [lab(checks)], { problem: "the sandbox could not be started" })]);
const content = (path: string) => junitFiles(grades).find((file) => file.path === path)?.content ?? "";

/** What GitLab would read: every test with its outcome, in order. Throws when it is no XML. */
function testsIn(xml: string) {
  const document = create(xml).root();
  const found: Record<string, unknown>[] = [];
  document.each(
    ({ node }) => {
      if (node.nodeName !== "testcase") return;
      const element = node as unknown as {
        getAttribute(name: string): string | null;
        children: ArrayLike<{ tagName: string; textContent: string | null }>;
      };
      const inner = element.children[0];
      found.push({
        suite: element.getAttribute("classname"),
        name: element.getAttribute("name"),
        outcome: inner?.tagName,
        says: inner?.textContent,
      });
    },
    false,
    true,
  );
  return found;
}

describe("JUnit XML of a submission", () => {
  const tests = testsIn(content("submissions/ada/junit.xml"));

  it("has the suite as classname, names of their own, and the story as the failure's content", () => {
    expect(tests.map(({ suite }) => suite)).toEqual(checks.map(() => "lab-1 codec"));
    expect(new Set(tests.map(({ name }) => name)).size).toBe(checks.length);
    expect(tests.map(({ outcome }) => outcome)).toEqual([undefined, "failure", "error", "skipped", "skipped"]);
    expect(tests[1]?.["says"]).toMatch(/^x lab-1\.b {2}<script>alert\(1\)<\/script> \]\]>/);
    expect(tests[3]?.["says"]).toBe("d is missing");
    expect(tests[4]).toMatchObject({ name: "lab-1.hidden-noise (robustness)", says: "kept back until hidden checks are released" });
  });

  it("counts them", () => {
    expect(content("submissions/ada/junit.xml")).toMatch(/<testsuite name="lab-1 codec" tests="5" failures="1" errors="1" skipped="2"/);
  });
});

it("has a test for each submission, and an error where the grading failed", () => {
  expect(testsIn(content("junit.xml"))).toEqual([
    { suite: "Networks & more", name: "ada", outcome: "system-out", says: "2 of 10 points" },
    { suite: "Networks & more", name: "bo", outcome: "error", says: "the sandbox could not be started" },
  ]);
});

it("fits the schema", ({ skip }) => {
  if (xmllint === undefined) skip("xmllint is not installed");
  const schema = join(root, "fixtures", "schemas", "junit-gitlab.xsd");
  const validate = (input: string) =>
    execFileSync(xmllint ?? "", ["--noout", "--nonet", "--schema", schema, "-"], { input, stdio: "pipe" });
  for (const file of junitFiles(grades)) validate(file.content);
  // Of two tests with one name GitLab sees only the first: the schema minds.
  expect(() => validate(content("junit.xml").replace(`name="bo"`, `name="ada"`))).toThrow();
});
