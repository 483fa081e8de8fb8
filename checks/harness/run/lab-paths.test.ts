import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "#launch/root.mjs";
import { isInside, shownPath } from "./lab-paths.ts";

it.each([
  ["/a/b", "/a/b/c.ts", true],
  ["/a/b", "/a/b/c/d.ts", true],
  ["/a/b", "/a/b/..c.ts", true],
  ["/a/b", "/a/b", false],
  ["/a/b", "/a", false],
  ["/a/b", "/a/bc/d.ts", false],
  ["/a/b", "/x/y", false],
])("below %s: %s is %s", (folder, path, inside) => {
  expect(isInside(folder, path)).toBe(inside);
});

it("a path is shown from the project's folder where it lies in it", () => {
  expect(shownPath(join(root, "labs", "lab-1-codec", "message.ts"))).toBe("labs/lab-1-codec/message.ts");
  expect(shownPath("/elsewhere/message.ts")).toBe("/elsewhere/message.ts");
});
