import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { registry } from "#checks/harness/registry.ts";
import { root } from "#launch/root.mjs";

const labs = await Promise.all(Object.values(registry).map((load) => load()));
const names = new Set(labs.flatMap(({ checks }) => checks.flatMap(({ id }) => [id, id.replace(/^lab-\d\./, "")])));
const pages = [...labs.map(({ handout }) => handout), "labs/README.md", "docs/protocol.md", "docs/reading-failures.md", "README.md"];

const read = (path: string) => readFileSync(join(root, path), "utf8");
const withoutBlocks = (text: string) => text.replace(/^```[\s\S]*?^```/gm, "");
const codeIn = (text: string) => Array.from(withoutBlocks(text).matchAll(/`([^`\n]+)`/g), ([, code = ""]) => code);
const section = (text: string, heading: string) => text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";

describe.skipIf(!existsSync(join(root, "docs")))("a handout", () => {
  it.each(labs)("says what to build, in which order, what goes wrong, and what to read next: $handout", ({ handout }) => {
    const text = read(handout);
    const headings = Array.from(text.matchAll(/^## (.+)$/gm), ([, heading]) => heading);
    expect(headings).toEqual(expect.arrayContaining(["What you build", "Order of work", "When a check fails", "What to read next"]));
    expect(headings.at(-1)).toBe("What to read next");
    expect(section(text, "Order of work")).toMatch(/\d+ min/);
  });

  it.each(labs)("names checks that there are, for each part of the work: $handout", ({ id, handout, checks }) => {
    const rows = section(read(handout), "Order of work")
      .split("\n")
      .filter((line) => line.startsWith("| ") && /\d+ min/.test(line));
    const named = rows.flatMap((row) => codeIn(row.split("|").at(-2) ?? ""));
    expect(named.length).toBeGreaterThan(6);
    const own = checks.map((check) => check.id);
    expect(named.filter((name) => !own.includes(`${id}.${name}`))).toEqual([]);
  });

  it.each(pages)("shows commands for checks that there are: %s", (page) => {
    const asked = Array.from(
      read(page).matchAll(/(?:--only|npm run (?:hint|debug)) (?<name>lab-\d\.[\w-]+|[a-z]+-[\w-]+)/g),
      (match) => match[1] ?? "",
    );
    expect(asked.filter((name) => !names.has(name) && !/^lab-\d$/.test(name))).toEqual([]);
  });

  it.each(pages)("draws pictures that fit a terminal: %s", (page) => {
    const drawn = Array.from(read(page).matchAll(/^```text\n([\s\S]*?)^```/gm), ([, block = ""]) => block.split("\n"));
    expect(drawn.flat().filter((line) => line.length > 96)).toEqual([]);
  });
});

describe.skipIf(!existsSync(join(root, "docs", "glossary.md")))("the glossary", () => {
  const glossary = read("docs/glossary.md");
  /** Names of courses, keys and the like, which are no words of networks. */
  const others = new Set(["CS144", "README"]);

  it.each(labs)("explains the abbreviations of $handout", ({ handout }) => {
    const prose = withoutBlocks(read(handout)).replace(/`[^`\n]*`/g, "");
    const used = new Set(prose.match(/\b(?:[A-Z][A-Z0-9]+|IPv[46])\b/g));
    expect(used.size).toBeGreaterThan(1);
    expect([...used].filter((word) => !others.has(word) && !new RegExp(`\\b${word}\\b`).test(glossary))).toEqual([]);
  });

  it("is linked from each handout", () => {
    expect(labs.filter(({ handout }) => !read(handout).includes("(glossary.md#"))).toEqual([]);
  });
});
