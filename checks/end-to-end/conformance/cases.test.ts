import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createLinkChecker } from "#checks/kit/links/broken-links.ts";
import { root } from "#launch/root.mjs";
import { allCases } from "./all-cases.ts";
import { paceOf } from "./case.ts";
import { chooseCases } from "./choose-cases.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("the conformance cases", () => {
  it("are more than forty, and each has a name of its own", () => {
    const ids = allCases.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(40);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it("say what is right in one sentence, and why in whole ones", () => {
    for (const { title, why } of allCases) {
      expect(title).not.toMatch(/\.$/);
      expect(why).toMatch(/\.$/);
    }
  });

  it("name rules that are there", () => {
    const rules = [...new Set(allCases.map(({ rule }) => rule))];
    const checker = createLinkChecker({ paths: new Set(["docs/protocol.md"].filter((path) => existsSync(join(root, path)))), read });
    expect(rules.map((rule) => [rule, checker.fault("README.md", rule)])).toEqual(rules.map((rule) => [rule, undefined]));
  });

  it("are listed in the documentation, in this order", () => {
    const rows = read("docs/conformance.md")
      .split("\n")
      .filter((line) => /^\| `[a-z0-9-]+`(?: \*)? \| .* \| \[/.test(line));
    expect(rows).toEqual(
      allCases.map((each) => {
        const heading = each.rule.replace("docs/protocol.md#", "");
        return `| \`${each.id}\`${paceOf(each) === "quick" ? "" : " *"} | ${each.title} | [${heading}](protocol.md#${heading}) |`;
      }),
    );
  });
});

function choose(only: readonly string[], quick = false) {
  const { chosen, leftOut, unknown } = chooseCases(allCases, { only, quick });
  return { chosen: chosen.map(({ id }) => id), leftOut: leftOut.map(({ id }) => id), unknown };
}

describe("choosing cases", () => {
  it("takes all when nothing is asked for", () => {
    expect(choose([]).chosen).toHaveLength(allCases.length);
  });

  it("takes the one of that name, else all that contain it, in the order of the list", () => {
    expect(choose(["flood"])).toEqual({ chosen: ["flood"], leftOut: [], unknown: [] });
    expect(choose(["reset-while", "grant-"]).chosen).toEqual(["grant-text", "grant-dns", "reset-while-served"]);
  });

  it("says which names fit nothing", () => {
    expect(choose(["flood", "flod", ""]).unknown).toEqual(["flod", ""]);
  });

  it("says what it leaves out to be quick", () => {
    expect(choose(["silent"], true)).toEqual({
      chosen: ["silent-connection"],
      leftOut: ["silent-client", "silent-address-comes-back"],
      unknown: [],
    });
  });
});
