import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/skeleton/temporary-folder.ts";
import { type LocalFile, readLocal, writeLocal } from "./local-file.ts";

const newFile = (): LocalFile => ({ path: join(temporaryFolder(), ".kit", "some.json"), format: "kit/some/v1", mostBytes: 1_000 });

function fileWith(content: string): LocalFile {
  const file = newFile();
  mkdirSync(dirname(file.path));
  writeFileSync(file.path, content);
  return file;
}

describe("a local file", () => {
  it("is none before it is written, and then holds what was written last", () => {
    const file = newFile();
    expect(readLocal(file)).toEqual({ kind: "none" });
    expect(writeLocal(file, { a: 1 })).toBe(true);
    expect(writeLocal(file, { a: [2, "three"] })).toBe(true);
    expect(readLocal(file)).toEqual({ kind: "content", content: { format: "kit/some/v1", a: [2, "three"] } });
    expect(readdirSync(dirname(file.path))).toEqual(["some.json"]);
    expect(readFileSync(file.path, "utf8").endsWith("\n")).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["a part of itself", '{"format": "kit/some/v1", "a": [1'],
    ["a list", "[1]"],
    ["null", "null"],
    ["another format", '{"format": "kit/some/v2", "a": 1}'],
    ["no format", '{"a": 1}'],
    ["far too much", `{"format": "kit/some/v1", "a": "${"x".repeat(2_000)}"}`],
  ])("is damaged when it holds %s, and can be written anew", (_name, content) => {
    const file = fileWith(content);
    expect(readLocal(file)).toEqual({ kind: "damaged" });
    expect(writeLocal(file, { a: 1 })).toBe(true);
    expect(readLocal(file).kind).toBe("content");
  });

  it("that is a folder is damaged, and cannot be written", () => {
    const file = newFile();
    mkdirSync(file.path, { recursive: true });
    writeFileSync(join(file.path, "inside"), "");
    expect(readLocal(file)).toEqual({ kind: "damaged" });
    expect(writeLocal(file, { a: 1 })).toBe(false);
    expect(readdirSync(dirname(file.path))).toEqual(["some.json"]);
  });
});
