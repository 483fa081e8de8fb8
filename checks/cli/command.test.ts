import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { root } from "#launch/root.mjs";
import { execute } from "./copied-project.ts";

/** Runs a command in a shell, with what the shell does to its output. */
const run = (words: string) =>
  execute("sh", ["-c", words.replace("hint", `"${process.execPath}" labs/launch/run.mjs checks/cli/hint.ts`)], root);

describe.skipIf(!existsSync("/dev/full"))("a command whose output cannot be written", () => {
  it("says so, and does not succeed", async () => {
    expect(await run("hint lab-1 > /dev/full")).toEqual({
      code: 2,
      stdout: "",
      stderr: "The output is not complete: the disk is full.\n",
    });
  });

  it("says nothing to a reader who has read enough", async () => {
    expect(await run("hint lab-1 | head -n 1")).toMatchObject({ code: 0, stdout: "lab-1  codec: hints\n", stderr: "" });
    expect(await run("(hint lab-1; echo $? >&2) | true")).toMatchObject({ code: 0, stderr: "0\n" });
  });
});
