import { describe, expect, it } from "vitest";
import { makeManifest } from "./manifest.ts";
import { type Change, planUpgrade, pristineOf } from "./plan.ts";
import type { Found } from "./tree.ts";

type Files = Readonly<Record<string, string>>;
const lab = "labs/lab-3-heartbeat/heartbeat.ts";
const start = "// about\n\nexport function beat() {\n  // Your code here.\n}\n";

const bytesOf = (files: Files) => new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
/** Each lab file has its pristine copy, as in a hand-out. */
const handout = (files: Files) =>
  Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) =>
      path.startsWith("labs/lab-")
        ? [
            [path, text],
            [pristineOf(path), text],
          ]
        : [[path, text]],
    ),
  );

/** The plan for a student who began with `base`, has `theirs` where that differs, and is given `next`. `undefined`: deleted. */
function plan(base: Files, theirs: Readonly<Record<string, string | undefined | null>>, next: Files): readonly Change[] {
  const [first, second] = [handout(base), handout(next)];
  const tree = { ...first, ...theirs };
  return planUpgrade({
    base: makeManifest("kit", "1.0.0", bytesOf(first)),
    next: makeManifest("kit", "2.0.0", bytesOf(second)),
    find: (path): Found => {
      const text = tree[path];
      if (text === null) return { kind: "other" };
      return text === undefined ? { kind: "nothing" } : { kind: "file", bytes: Buffer.from(text) };
    },
    readNext: (path) => Buffer.from(second[path] ?? ""),
  });
}

/** How it goes with one file. */
function planFor(path: string, ...args: Parameters<typeof plan>) {
  const change = plan(...args).find((each) => each.path === path);
  return change === undefined
    ? undefined
    : [change.how, change.write === undefined ? undefined : Buffer.from(change.write).toString("utf8"), change.note];
}

const work = start.replace("  // Your code here.\n", "  return 1;\n");
const windows = (text: string) => text.replaceAll("\n", "\r\n");
const newer = start.replace("about", "about hearts");

describe("a file of a lab", () => {
  it("that was not begun becomes the newer one", () => {
    expect(planFor(lab, { [lab]: start }, {}, { [lab]: newer })).toEqual(["replaced", newer, undefined]);
    expect(planFor(lab, { [lab]: start }, { [lab]: start.replaceAll("\n", "\r\n") }, { [lab]: newer })?.[0]).toBe("replaced");
  });

  it("that was worked in keeps the work, and gets what is new beside it", () => {
    const both = work.replace("about", "about hearts");
    expect(planFor(lab, { [lab]: start }, { [lab]: work }, { [lab]: newer })).toEqual(["merged", both, undefined]);
    expect(planFor(lab, { [lab]: start }, { [lab]: windows(work) }, { [lab]: newer })?.slice(0, 2)).toEqual(["merged", windows(both)]);
  });

  it("that the kit did not change is not touched", () => {
    expect(planFor(lab, { [lab]: start }, { [lab]: work }, { [lab]: start, "docs/a.md": "a" })).toBeUndefined();
  });

  it("has marks where both changed the same lines", () => {
    const [how, text, note] =
      planFor(lab, { [lab]: start }, { [lab]: work }, { [lab]: start.replace("Your code", "Your two lines") }) ?? [];
    expect([how, note]).toEqual(["conflict", "1 place that you and the kit both changed, marked <<<<<<<"]);
    expect(text).toContain("<<<<<<< yours\n  return 1;\n=======\n  // Your two lines here.\n>>>>>>> kit 2.0.0\n");
  });

  it("with marks of an interrupted upgrade is left alone", () => {
    const marked = work.replace("  return 1;", "<<<<<<< yours\n  return 1;\n=======\n>>>>>>> kit 2.0.0");
    expect(planFor(lab, { [lab]: start }, { [lab]: marked }, { [lab]: newer })?.[0]).toBe("untouched");
  });

  it("that was deleted stays so", () => {
    expect(planFor(lab, { [lab]: start }, { [lab]: undefined }, { [lab]: newer })).toEqual([
      "untouched",
      undefined,
      "deleted by you; the kit has a newer one",
    ]);
  });

  it("is kept aside whole when what it began with is not known", () => {
    const change = planFor(lab, { [lab]: start }, { [lab]: work, [pristineOf(lab)]: "changed" }, { [lab]: newer });
    expect(change).toEqual(["replaced", newer, "yours is kept aside"]);
  });

  it("that is new in the kit is added; the student's own of that name is kept aside", () => {
    const added = "labs/lab-3-heartbeat/pulse.ts";
    expect(planFor(added, { [lab]: start }, {}, { [lab]: start, [added]: "new" })).toEqual(["added", "new", undefined]);
    const [how, , note] = planFor(added, { [lab]: start }, { [added]: "mine" }, { [lab]: start, [added]: "new" }) ?? [];
    expect([how, note]).toEqual(["replaced", "your own file of that name is kept aside: settle the two"]);
  });
});

describe("a file of the kit", () => {
  const doc = "docs/a.md";
  it("is replaced, added, restored and removed", () => {
    expect(planFor(doc, { [doc]: "1" }, {}, { [doc]: "2" })).toEqual(["replaced", "2", undefined]);
    expect(planFor(doc, {}, {}, { [doc]: "2" })).toEqual(["added", "2", undefined]);
    expect(planFor(doc, { [doc]: "1" }, { [doc]: undefined }, { [doc]: "1", "docs/b.md": "" })).toEqual(["added", "1", "was missing"]);
    expect(planFor(doc, { [doc]: "1" }, {}, {})).toEqual(["removed", undefined, undefined]);
  });

  it("that the student changed is never lost", () => {
    expect(planFor(doc, { [doc]: "1" }, { [doc]: "mine" }, { [doc]: "2" })).toEqual(["replaced", "2", "yours is kept aside"]);
    expect(planFor(doc, { [doc]: "1" }, { [doc]: "mine" }, {})?.[0]).toBe("untouched");
    expect(planFor(doc, { [doc]: "1" }, { [doc]: "mine" }, { [doc]: "1", "docs/b.md": "" })?.[0]).toBe("untouched");
  });

  it("gets its place back when something else stands there", () => {
    expect(planFor(doc, { [doc]: "1" }, { [doc]: null }, { [doc]: "1" })).toEqual([
      "replaced",
      "1",
      "what stood there is no file; it is kept aside",
    ]);
  });
});

it("joins package.json by its members, and replaces one that is none", () => {
  const base = { "package.json": '{"version":"1"}', [pristineOf("package.json")]: '{"version":"1"}' };
  const next = { "package.json": '{"version":"2"}', [pristineOf("package.json")]: '{"version":"2"}' };
  const [how, text] = planFor("package.json", base, { "package.json": '{"version":"1","own":true}' }, next) ?? [];
  expect([how, JSON.parse(text ?? "")]).toEqual(["merged", { version: "2", own: true }]);
  expect(planFor("package.json", base, { "package.json": "{" }, next)?.slice(0, 2)).toEqual(["replaced", '{"version":"2"}']);
});

it("leaves settings alone that do not fit, and says where the newer ones are", () => {
  const path = ".github/workflows/check.yml";
  const copy = "checks/skeletons/project/dot-github/workflows/check.yml";
  expect(pristineOf(path)).toBe(copy);
  const change = planFor(path, { [path]: "a\n", [copy]: "a\n" }, { [path]: "b\n" }, { [path]: "c\n", [copy]: "c\n" });
  expect(change).toEqual(["untouched", undefined, `does not fit the kit's newer one, ${copy}`]);
});
