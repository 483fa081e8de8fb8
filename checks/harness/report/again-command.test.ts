import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { defaultSeed } from "../seed.ts";
import { againCommand, shellWord } from "./again-command.ts";

describe("the command that checks again", () => {
  it("names the check, and nothing that is as usual", () => {
    expect(againCommand("lab-1.at-once", {})).toBe("npm run check lab-1 -- --only at-once");
    expect(againCommand("lab-1.at-once", { from: "labs", integrated: false, seed: defaultSeed })).toBe(
      "npm run check lab-1 -- --only at-once",
    );
  });

  it("says whose code it was, on which labs, and with which inputs", () => {
    expect(againCommand("lab-5.x", { from: "../my work", integrated: true, seed: 0 })).toBe(
      "npm run check lab-5 -- --only x --from '../my work' --integrated --seed 0",
    );
    expect(againCommand("lab-3.x", { misconception: "storm", seed: 7 })).toBe(
      "npm run check lab-3 -- --only x --misconception storm --seed 7",
    );
  });

  it("binds a value that looks like a flag to its own", () => {
    expect(againCommand("lab-3.x", { from: "-old" })).toBe("npm run check lab-3 -- --only x --from=-old");
  });
});

describe("a word for the shell", () => {
  it.each(["../ann", "/home/ann/labs-2", "storm", "C:/work", "加油", ""])("stays %j where nothing is special in it", (word) => {
    const plain = /^[ -~]+$/.test(word);
    expect(shellWord(word, "linux")).toBe(plain ? word : `'${word}'`);
  });

  it.runIf(process.platform !== "win32").each(["my work", "it's", "a\\b", "$HOME", "`x`", "a;b&c|d", "~ann", '"', "", "加油", "*", "#x"])(
    "is read by a shell as it was: %j",
    (word) => {
      expect(execFileSync("sh", ["-c", `printf %s ${shellWord(word, "linux")}`], { encoding: "utf8" })).toBe(word);
    },
  );

  it("has double quotation marks on Windows, and backslashes as they are", () => {
    expect(shellWord("..\\ann", "win32")).toBe("..\\ann");
    expect(shellWord("my work\\it's", "win32")).toBe('"my work\\it\'s"');
  });
});
