import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/skeleton/temporary-folder.ts";
import { readHintLevels, rememberHintLevel } from "./hint-memory.ts";

const newFile = () => join(temporaryFolder(), ".kit", "hints.json");

function fileWith(content: string): string {
  const file = newFile();
  mkdirSync(dirname(file));
  writeFileSync(file, content);
  return file;
}

describe("what is remembered of hints", () => {
  it("is how far each check went", () => {
    const file = newFile();
    expect(readHintLevels(file)).toEqual({});
    rememberHintLevel("lab-1.a", 1, file);
    rememberHintLevel("lab-1.b", 3, file);
    rememberHintLevel("lab-1.a", 2, file);
    expect(readHintLevels(file)).toEqual({ "lab-1.a": 2, "lab-1.b": 3 });
    expect(readdirSync(dirname(file))).toEqual(["hints.json"]);
  });

  it.each([
    ["nothing", ""],
    ["a part of itself", '{"format": "4over6-lab-kit/hints/v1", "levels": {"lab-1'],
    ["no JSON", "hello"],
    ["a list", "[1, 2]"],
    ["null", "null"],
    ["another format", '{"format": "v9", "levels": {"lab-1.a": 2}}'],
    ["no levels", '{"format": "4over6-lab-kit/hints/v1"}'],
    ["levels that are none", '{"format": "4over6-lab-kit/hints/v1", "levels": 7}'],
    ["far too much", `{"format": "4over6-lab-kit/hints/v1", "levels": {"lab-1.a": 2}, "more": "${"x".repeat(100_000)}"}`],
  ])("is nothing when the file holds %s, and begins anew", (_name, content) => {
    const file = fileWith(content);
    expect(readHintLevels(file)).toEqual({});
    rememberHintLevel("lab-1.b", 1, file);
    expect(readHintLevels(file)).toEqual({ "lab-1.b": 1 });
  });

  it("cannot be kept where a file stands in the way, and says so", () => {
    const file = newFile();
    writeFileSync(dirname(file), "no folder");
    expect(rememberHintLevel("lab-1.a", 1, file)).toBe(false);
    expect(readHintLevels(file)).toEqual({});
  });

  it("keeps what is right in a damaged file", () => {
    const levels = '{"lab-1.a": 2, "lab-1.b": 4, "lab-1.c": 0, "lab-1.d": "3", "lab-1.e": 1.5, "lab-1.f": null}';
    expect(readHintLevels(fileWith(`{"format": "4over6-lab-kit/hints/v1", "levels": ${levels}}`))).toEqual({ "lab-1.a": 2 });
  });

  it("is bounded: what was asked longest ago goes first", () => {
    const file = newFile();
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`lab-1.check-number-${i}`, 1]));
    rememberHintLevel("lab-1.first", 1, file);
    writeFileSync(file, JSON.stringify({ format: "4over6-lab-kit/hints/v1", levels: many }));
    rememberHintLevel("lab-1.new", 2, file);
    const levels = readHintLevels(file);
    expect(Object.keys(levels).length).toBe(1_000);
    expect(levels["lab-1.new"]).toBe(2);
    expect(levels["lab-1.check-number-0"]).toBeUndefined();
    expect(levels["lab-1.check-number-1"]).toBe(1);
    expect(statSync(file).size).toBeLessThan(64 * 1024);
    expect(readFileSync(file, "utf8").endsWith("\n")).toBe(true);
  });
});
