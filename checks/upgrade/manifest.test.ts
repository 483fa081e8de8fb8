import { describe, expect, it } from "vitest";
import { makeManifest, manifestText, parseManifest } from "./manifest.ts";

const files = new Map([
  ["b.ts", Buffer.from("b")],
  ["a.ts", Buffer.from("a")],
]);
const manifest = makeManifest("kit", "1.2.3", files);

describe("a manifest", () => {
  it("comes back as it was written", () => {
    expect(parseManifest(manifestText(manifest))).toEqual(manifest);
    expect(Object.keys(manifest.files)).toEqual(["a.ts", "b.ts"]);
  });

  it("has the same state for the same files only", () => {
    expect(makeManifest("kit", "1.2.3", new Map([...files].toReversed())).state).toBe(manifest.state);
    expect(makeManifest("kit", "1.2.3", new Map([...files, ["a.ts", Buffer.from("A")]])).state).not.toBe(manifest.state);
  });

  it.each([
    "../a",
    "/etc/a",
    "a/../../b",
    "a\\b",
    "C:/a",
    ".git/config",
    ".kit/a",
    "node_modules/a",
    "",
    "a//b",
    "a/./b",
    "a\n",
    "__proto__",
  ])("is refused for the path %j", (path) => {
    expect(parseManifest(manifestText({ ...manifest, files: { [path]: "0".repeat(64) } }))).toContain("no path inside the hand-out");
  });

  it.each([
    ["{", "is not JSON"],
    ["[]", "has the format undefined"],
    ["null", "is no object"],
    [JSON.stringify({ ...manifest, format: 2 }), "has the format 2"],
    [JSON.stringify({ ...manifest, version: 1 }), "does not say which version"],
    [JSON.stringify({ ...manifest, files: { "a.ts": "12" } }), "has no hash of a.ts"],
  ])("is refused with the reason: %s", (text, reason) => {
    expect(parseManifest(text)).toContain(reason);
  });
});
