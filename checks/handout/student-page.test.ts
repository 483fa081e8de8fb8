import { describe, expect, it } from "vitest";
import { isKitOnly, studentPage, withoutDeadLinks } from "./student-page.ts";

const page = (...lines: readonly string[]) => `${lines.join("\n")}\n`;

describe("a student's page", () => {
  it("is without what is for the kit only, and has what stands there instead", () => {
    const text = page(
      "# Title",
      "",
      "<!-- KIT ONLY -->",
      "Grade with this.",
      "<!-- END KIT ONLY -->",
      "",
      "<!-- HAND-OUT",
      "Check with this.",
      "-->",
      "",
      "- one",
      "- two <!-- KIT ONLY LINE -->",
      "- three",
    );
    expect(studentPage(text, "page.md")).toBe(page("# Title", "", "Check with this.", "", "- one", "- three"));
  });

  it("keeps other comments", () => {
    expect(studentPage("a <!-- a note -->\n", "page.md")).toBe("a <!-- a note -->\n");
  });

  it.each([
    ["<!-- KIT ONLY -->\na\n", "page.md:1: this region is never closed."],
    ["a\n<!-- END KIT ONLY -->\n", "page.md:2: this looks like a mark, and is none here."],
    ["<!-- kit only -->\n", "page.md:1: this looks like a mark"],
    ["<!-- KIT ONLY -->\n<!-- HAND-OUT\n-->\n", "page.md:2: a mark inside the region that begins in line 1."],
  ])("is refused for wrong marks: %j", (text, message) => {
    expect(() => studentPage(text, "page.md")).toThrow(message);
  });

  it("may be none at all", () => {
    expect(isKitOnly("<!-- KIT ONLY PAGE -->\n\n# Grading\n")).toBe(true);
    expect(isKitOnly("# Grading\n\n<!-- KIT ONLY PAGE -->\n")).toBe(false);
  });
});

const isThere = (path: string) => ["docs/a.md", "docs/b.md", "labs"].includes(path);

it("has plain words where a link would lead nowhere", () => {
  expect(
    withoutDeadLinks("[a](a.md#x), [b](../docs/b.md), [gone](c.md#y), [labs](../labs/), [web](https://example.org)", "docs/a.md", isThere),
  ).toBe("[a](a.md#x), [b](../docs/b.md), gone, [labs](../labs/), [web](https://example.org)");
});
