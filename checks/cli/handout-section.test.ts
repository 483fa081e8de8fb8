import { expect, it } from "vitest";
import { handoutSection } from "./handout-section.ts";

it.each([
  ["docs/protocol.md#ipv4-packet", "docs/lab-1-codec.md#ipv4-packet"],
  ["docs/lab-1-codec.md#the-message-decoder", "docs/lab-1-codec.md#the-message-decoder"],
  ["docs/protocol.md#closing", "docs/lab-1-codec.md"],
  ["RFC 791 section 3.1", "docs/lab-1-codec.md"],
])("the handout explains %s in %s", (rule, section) => {
  expect(handoutSection("docs/lab-1-codec.md", rule)).toBe(section);
});

it("a handout that is not there is named all the same", () => {
  expect(handoutSection("docs/lab-9.md", "docs/protocol.md#framing")).toBe("docs/lab-9.md");
});
