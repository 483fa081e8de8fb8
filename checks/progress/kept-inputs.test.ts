import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { KeptInput } from "#checks/harness/kept-input.ts";
import { result } from "#checks/harness/report/example-results.ts";
import { temporaryFolder } from "#checks/skeleton/temporary-folder.ts";
import { keptInputsFile, readKeptInputs, rememberInputs } from "./kept-inputs.ts";
import type { LocalFile } from "./local-file.ts";

const newFile = (): LocalFile => ({ ...keptInputsFile, path: join(temporaryFolder(), "kept-inputs.json") });
const input = (seed: number): KeptInput => ({ seed, paths: ["3:0:1", "0:2"], print: 7 });
const finding = (name: string, seed = 1) => result(name, "failed", { input: { found: input(seed) } });

describe("inputs that failed", () => {
  it("are kept by check and by whose code it was", () => {
    const file = newFile();
    const [told] = rememberInputs("labs/lab-1-codec", [finding("a")], 1_000, file);
    expect(told?.kept).toEqual({ since: 1_000, isNew: true });
    rememberInputs("elsewhere", [finding("a", 2)], 2_000, file);
    expect(readKeptInputs("labs/lab-1-codec", file)).toEqual({ "lab-1.a": input(1) });
    expect(readKeptInputs("elsewhere", file)).toEqual({ "lab-1.a": input(2) });
    expect(readKeptInputs("nobody", file)).toEqual({});
  });

  it("stay while they fail, with the time since when", () => {
    const file = newFile();
    rememberInputs("me", [finding("a")], 1_000, file);
    const again = result("a", "failed", { input: { earlier: "fails" } });
    expect(rememberInputs("me", [again], 9_000, file)[0]?.kept).toEqual({ since: 1_000, isNew: false });
    expect(readKeptInputs("me", file)).toEqual({ "lab-1.a": input(1) });
  });

  it("go when they pass, which is said once", () => {
    const file = newFile();
    rememberInputs("me", [finding("a"), finding("b")], 1_000, file);
    rememberInputs("you", [finding("a")], 1_000, file);
    const passes = result("a", "passed", { input: { earlier: "passes" } });
    expect(rememberInputs("me", [passes], 2_000, file)[0]?.passesSince).toBe(1_000);
    expect(readKeptInputs("me", file)).toEqual({ "lab-1.b": input(1) });
    expect(readKeptInputs("you", file)).toEqual({ "lab-1.a": input(1) });
    const checks = [result("a", "passed")];
    expect(rememberInputs("me", checks, 3_000, file)).toBe(checks);
  });

  it("give way to the one that is found when they pass", () => {
    const file = newFile();
    rememberInputs("me", [finding("a")], 1_000, file);
    const other = result("a", "failed", { input: { earlier: "passes", found: input(5) } });
    const [told] = rememberInputs("me", [other], 2_000, file);
    expect(told).toMatchObject({ kept: { since: 2_000, isNew: true }, passesSince: 1_000 });
    expect(readKeptInputs("me", file)).toEqual({ "lab-1.a": input(5) });
  });

  it("go without a word when the kit does not generate them any more", () => {
    const file = newFile();
    rememberInputs("me", [finding("a")], 1_000, file);
    const gone = result("a", "passed", { input: { earlier: "gone" } });
    expect(rememberInputs("me", [gone], 2_000, file)).toEqual([gone]);
    expect(readKeptInputs("me", file)).toEqual({});
  });

  it("are bounded in number and in size", () => {
    const file = newFile();
    const many = Array.from({ length: 300 }, (_, index) => finding(`check-${index}`));
    rememberInputs("me", many, 1_000, file);
    const names = Object.keys(readKeptInputs("me", file));
    expect(names.length).toBe(200);
    expect(names).toContain("lab-1.check-299");
    const long = result("long", "failed", { input: { found: { ...input(1), paths: ["0:".repeat(5_000) + 1] } } });
    expect(rememberInputs("me", [long], 2_000, file)).toEqual([long]);
    expect(readKeptInputs("me", file)["lab-1.long"]).toBeUndefined();
    expect(statSync(file.path).size).toBeLessThan(100_000);
  });

  it("that do not look like inputs are left out", () => {
    const file = newFile();
    const entry = { id: "lab-1.a", whose: "me", since: 1, input: input(1) };
    const wrong = [
      null,
      7,
      [],
      {},
      { ...entry, id: 3 },
      { ...entry, since: "then" },
      { ...entry, since: 1e300 },
      { ...entry, input: null },
      { ...entry, input: { ...input(1), seed: "1" } },
      { ...entry, input: { ...input(1), paths: [] } },
      { ...entry, input: { ...input(1), paths: ["0:x"] } },
      { ...entry, input: { ...input(1), paths: [5] } },
    ];
    writeFileSync(file.path, JSON.stringify({ format: file.format, inputs: [...wrong, { ...entry, id: "lab-1.right" }] }));
    expect(readKeptInputs("me", file)).toEqual({ "lab-1.right": input(1) });
  });

  it("that cannot be written are not said to be kept", () => {
    const file = { ...newFile(), path: join(newFile().path, "not", "a", "folder") };
    writeFileSync(join(file.path, "..", "..", ".."), "a file");
    const checks = [finding("a")];
    expect(rememberInputs("me", checks, 1_000, file)).toBe(checks);
  });
});
