import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { subcommandOf } from "./grade-subcommands.ts";

it("are told from submissions by their first word", async () => {
  expect(subcommandOf("merge", ["out", "formats", "no-color"])).toBe("merge");
  expect(subcommandOf("diff", [])).toBe("diff");
  expect(subcommandOf("students/ann", ["out", "roster"])).toBeUndefined();
  expect(subcommandOf(join(await temporaryFolder(), "."), [])).toBeUndefined();
});

it.each([
  ["merge", ["out", "roster"], "grade merge makes nothing of --roster; it takes --out, --formats."],
  ["diff", ["out", "seed"], "grade diff makes nothing of --out and --seed; it takes no options."],
  ["verify", ["seed"], "grade verify makes nothing of --seed; it takes --before, --require-tier, --container, --hidden."],
  ["merg", ["out"], "merg is no submission and no command. Did you mean merge?"],
])("%s with %j is refused", (word, given, message) => expect(() => subcommandOf(word, given)).toThrow(message));
