import { describe, expect, it } from "vitest";
import { slugs } from "#checks/harness/markdown-page.ts";
import { createLinkChecker } from "./broken-links.ts";

/** A repository with a page, given as its text, and some neighbours. */
function checkPage(text: string, path = "docs/page.md"): string[] {
  const files = new Map([
    ["README.md", "# The kit\n\n## In `npm run`: _two_ words\n"],
    ["docs/other.md", '# Other\n\n## Same\n\n## Same\n\n```text\n## Not a heading\n```\n\n<a id="by-hand"></a>\n'],
    ["labs/kit/bytes.ts", "one\ntwo\n"],
    [path, text],
  ]);
  return createLinkChecker({ paths: new Set(files.keys()), read: (name) => files.get(name) ?? "" }).check(path);
}

describe("the link checker", () => {
  it.each([
    ["a file", "[x](other.md)"],
    ["a file above", "[x](../README.md)"],
    ["a folder", "[x](../labs/kit/) [y](../labs)"],
    ["a heading", "[x](other.md#other)"],
    ["a heading that comes again", "[x](other.md#same) [y](other.md#same-1)"],
    ["a heading with markup", "[x](../README.md#in-npm-run-two-words)"],
    ["an anchor made by hand", "[x](other.md#by-hand)"],
    ["a heading of its own", "# Here I am\n\n[x](#here-i-am)"],
    ["a line of a source file", "[x](../labs/kit/bytes.ts#L2)"],
    ["a link with a title", '[x](other.md "the other")'],
    ["a link in pointed brackets", "[x](<other.md>)"],
    ["a reference", "[x][other] and [other][]\n\n[Other]: other.md"],
    ["HTML", '<a href="other.md">x</a>'],
    ["the web", "[x](https://example.org/nothing#here) [y](mailto:somebody@example.org)"],
    ["code, which holds no links", "`[x](nowhere.md)`\n\n```text\n[x](nowhere.md)\n```\n\n1. ~~~\n   [x](nowhere.md)\n   ~~~\n"],
    ["a comment, which holds no links", "<!-- [x](nowhere.md) -->"],
  ])("accepts %s", (_, text) => {
    expect(checkPage(text)).toEqual([]);
  });

  it.each([
    ["a file that is not there", "[x](nowhere.md)"],
    ["a file in the wrong folder", "[x](README.md)"],
    ["a file in other letters", "[x](Other.md)"],
    ["a heading that is not there", "[x](other.md#nothing)"],
    ["a heading in other letters", "[x](other.md#Other)"],
    ["a heading counted too far", "[x](other.md#same-2)"],
    ["a heading inside code", "[x](other.md#not-a-heading)"],
    ["a heading of its own that is not there", "# Here\n\n[x](#there)"],
    ["a line behind the last", "[x](../labs/kit/bytes.ts#L4)"],
    ["a heading of a source file", "[x](../labs/kit/bytes.ts#one)"],
    ["a heading of a folder", "[x](../labs/kit#one)"],
    ["a path out of the repository", "[x](../../other/README.md)"],
    ["an absolute path", "[x](/docs/other.md)"],
    ["a path of this computer", "[x](file:///docs/other.md)"],
    ["nothing", "[x]()"],
    ["a picture that is not there", "![x](picture.png)"],
    ["a reference that is not defined", "[x][other]"],
    ["a reference that leads nowhere", "[x][other]\n\n[other]: nowhere.md"],
    ["HTML that leads nowhere", '<img src="nowhere.png">'],
    ["the second link of a line", "[x](other.md) and [y](nowhere.md)"],
    ["a link over two lines", "[x\ny](\nnowhere.md)"],
    ["a link with a title that leads nowhere", "[x](nowhere.md 'title')"],
    ["a link that cannot be read", "[x](other md)"],
    ["a link behind code with a lonely mark", "a ` mark\n\n[x](nowhere.md) and ` another"],
    ["a link behind a code block", "```text\n[y](nowhere.md)\n```\n[x](nowhere.md)"],
    ["a code block that does not end", "```text\n[x](other.md)"],
  ])("refuses %s", (_, text) => {
    expect(checkPage(text)).toHaveLength(1);
  });

  it("tells line, target and what is wrong", () => {
    expect(checkPage("one\n\n```text\nthree\n```\n[x](other.md#nothing)")).toEqual([
      "line 6: (other.md#nothing) leads nowhere: docs/other.md has no heading for #nothing",
    ]);
  });

  it("gives headings the anchors that GitHub gives them", () => {
    expect(
      slugs(["IPv4 packet", "What's new?", "a_b _c_", "Résumé – 2", "`x` -> y", "IPv4 packet", "IPv4 packet 1", "[a](b.md) **c**"]),
    ).toEqual(["ipv4-packet", "whats-new", "a_b-c", "résumé--2", "x---y", "ipv4-packet-1", "ipv4-packet-1-1", "a-c"]);
  });
});
