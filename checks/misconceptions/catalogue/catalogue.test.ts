import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readMarkdown } from "#checks/harness/markdown-page.ts";
import { registry } from "#checks/harness/registry.ts";
import { labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { signaturesOf, signatureText } from "../signatures.ts";
import { allVariants } from "../variants/all-variants.ts";
import { allMisconceptions } from "./all-misconceptions.ts";

const where = ({ lab, name }: { lab: string; name: string }) => `${lab} ${name}`;
const variants = new Set(labIds.flatMap((lab) => allVariants[lab].map(where)));

describe("the catalogue of misconceptions", () => {
  it("is about all five labs", () => {
    expect(labIds.filter((id) => allMisconceptions.filter(({ lab }) => lab === id).length < 20)).toEqual([]);
  });

  it("has a variant for each, which fails the check that is named, whatever the seed is", () => {
    for (const misconception of allMisconceptions) {
      expect(variants.has(where(misconception)), where(misconception)).toBe(true);
      const { always } = signaturesOf(misconception.lab).get(misconception.name) ?? {};
      expect(always?.has(misconception.check), where(misconception)).toBe(true);
    }
  });

  it("takes no variant twice, and has each one that it calls the same", () => {
    const taken = allMisconceptions.flatMap(({ lab, name, also = [] }) => [name, ...also].map((variant) => where({ lab, name: variant })));
    expect(taken.filter((name, index) => taken.indexOf(name) !== index)).toEqual([]);
    expect(taken.filter((name) => !variants.has(name))).toEqual([]);
  });

  it("says what is so in whole sentences, few enough to be read", () => {
    const wrong = allMisconceptions.filter(({ says }) => !/^\S[^\n]*\.$/.test(says) || says.length < 60 || says.length > 200);
    expect(wrong.map(where)).toEqual([]);
    expect(new Set(allMisconceptions.map(({ lab, says }) => `${lab} ${says}`)).size).toBe(allMisconceptions.length);
  });

  it("sends the reader to headings that are there, in the lab's own handout", async () => {
    for (const id of labIds) {
      const handout = (await registry[id]?.())?.handout ?? "";
      const { anchors } = readMarkdown(readFileSync(join(root, handout), "utf8"));
      const sections = allMisconceptions.filter(({ lab }) => lab === id).map(({ section }) => section.split("#"));
      expect(sections.filter(([file, anchor = ""]) => file !== handout || !anchors.has(anchor))).toEqual([]);
    }
  });

  it("has a name for all bugs that fail the same checks, or for none of them", () => {
    for (const lab of labIds) {
      const named = new Set(allMisconceptions.flatMap((entry) => (entry.lab === lab ? [entry.name, ...(entry.also ?? [])] : [])));
      const sharing = Object.entries(signatureText[lab]).filter(
        ([name, text]) => !named.has(name) && Object.entries(signatureText[lab]).some(([other, same]) => named.has(other) && same === text),
      );
      expect(sharing.map(([name, text]) => where({ lab, name: `${name}: ${text}` }))).toEqual([]);
    }
  });
});
