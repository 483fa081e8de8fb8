import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/skeleton/temporary-folder.ts";
import { namedFile } from "./named-file.ts";
import { UsageError } from "./usage-error.ts";

describe("a file that is named behind an option", () => {
  it("is written in the end, and left as it is until then", () => {
    const folder = temporaryFolder({ "results.json": "before" });
    const write = namedFile("--json", "results.json", folder);
    expect(readFileSync(join(folder, "results.json"), "utf8")).toBe("before");
    write("after");
    expect(readFileSync(join(folder, "results.json"), "utf8")).toBe("after");
  });

  it.each([
    ["nowhere/results.json", "there is no such file or folder"],
    ["folder", "it is a folder"],
    ["file/results.json", "a part of the path is a file, and no folder"],
  ])("is refused at once where it cannot be: %s", (name, why) => {
    const folder = temporaryFolder({ file: "" });
    mkdirSync(join(folder, "folder"));
    expect(() => namedFile("--json", name, folder)).toThrow(new UsageError(`--json ${name} cannot be written: ${why}.`));
  });

  it("is refused in the end when its folder has gone", () => {
    const folder = temporaryFolder();
    const write = namedFile("--junit", "results.xml", folder);
    rmSync(folder, { recursive: true });
    expect(() => write("")).toThrow(new UsageError("--junit results.xml cannot be written: there is no such file or folder."));
    mkdirSync(folder);
    writeFileSync(join(folder, "results.xml"), "");
    write("after");
    expect(readFileSync(join(folder, "results.xml"), "utf8")).toBe("after");
  });
});
