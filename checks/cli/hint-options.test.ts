import { describe, expect, it } from "vitest";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { readHintOptions } from "./hint-options.ts";

const read = (words: string, environment = {}) => readHintOptions(words.split(" ").filter(Boolean), environment);

describe("the options of hint", () => {
  it.each([
    ["", { name: undefined, level: undefined, color: true, help: false }],
    ["decode-glued", { name: "decode-glued", level: undefined }],
    ["decode-glued --again", { level: 1 }],
    ["--again decode-glued", { name: "decode-glued", level: 1 }],
    ["decode-glued --level 2", { level: 2 }],
    ["decode-glued --no-color --help", { color: false, help: true }],
  ])("%j is read", (words, options) => {
    expect(read(words)).toMatchObject(options);
  });

  it.each([
    ["decode-glued", { npm_config_again: "true" }, { name: "decode-glued", level: 1 }],
    ["decode-glued", { npm_config_level: "3" }, { name: "decode-glued", level: 3 }],
    ["decode-glued 3", { npm_config_level: "true" }, { name: "decode-glued", level: 3 }],
    ["2 decode-glued", { npm_config_level: "true" }, { name: "decode-glued", level: 2 }],
    ["decode-glued", { npm_config_color: "" }, { color: false }],
  ])("%j is understood where npm kept %j", (words, environment, options) => {
    expect(read(words, environment)).toMatchObject(options);
  });

  it.each([
    ["decode-glued --level 4", "--level 4: give 1, 2 or 3."],
    ["decode-glued --level two", "--level two: give 1, 2 or 3."],
    ["decode-glued --level 2 --again", "Give --again or --level N, not both."],
    ["decode-glued decode-split", "One name at a time, please: npm run hint decode-glued"],
  ])("%j is refused", (words, message) => {
    expect(() => read(words)).toThrow(UsageError);
    expect(() => read(words)).toThrow(message);
  });

  it("a level that npm lost is asked for", () => {
    expect(() => read("decode-glued", { npm_config_level: "true" })).toThrow(/--level/);
    expect(() => read("decode-glued --lvl 2")).toThrow(/--lvl/);
  });
});
