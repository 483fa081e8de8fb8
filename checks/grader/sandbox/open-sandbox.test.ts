import { describe, expect, it } from "vitest";
import type { Cage } from "./confined.ts";
import { openSandbox } from "./open-sandbox.ts";
import { otherUserCage } from "./other-user.ts";
import { plainChildCage } from "./plain-child.ts";
import { type Probed, probeSentences, tierOf } from "./probes.ts";

const nothing: Probed = {
  readsFiles: false,
  reachesNetwork: false,
  readsEnvironments: false,
  seesProcesses: false,
  changesProgram: false,
  outlives: false,
  isRoot: false,
};

/** A cage that cannot be opened. */
const missing = (): Cage => ({
  name: "a cage of nowhere",
  start: () => Promise.reject(Object.assign(new Error("spawn nowhere ENOENT"), { code: "ENOENT", path: "nowhere" })),
  close: async () => {},
});

describe("the tier", () => {
  it.each<[keyof Probed, string]>([
    ["reachesNetwork", "T2"],
    ["seesProcesses", "T2"],
    ["readsFiles", "T3"],
    ["readsEnvironments", "T3"],
    ["changesProgram", "T3"],
    ["outlives", "T3"],
    ["isRoot", "T3"],
  ])("of a sandbox whose program %s is %s", (what, tier) => {
    expect(tierOf({ ...nothing, [what]: true })).toBe(tier);
  });

  it("of a sandbox whose program can do nothing of all that is T1", () => {
    expect(tierOf(nothing)).toBe("T1");
    expect(probeSentences(nothing)).toHaveLength(7);
    for (const sentence of probeSentences(nothing)) expect(sentence).toMatch(/^(cannot|is not) /);
  });
});

describe("a sandbox", () => {
  it("is a plain child process at least, which keeps nothing out, and that is said", async () => {
    const sandbox = await openSandbox({ cages: [missing, plainChildCage] });
    await sandbox.close();
    expect(sandbox.tier).toBe("T3");
    expect(sandbox.probes).toEqual(
      expect.arrayContaining([
        "runs in a plain child process",
        "can read a file of the grader or of another submission",
        "can reach a port of the grading computer",
        "a cage of nowhere cannot be used: nowhere is not installed",
      ]),
    );
  });

  it("that is too weak is refused, in one sentence that says why", async () => {
    await expect(openSandbox({ cages: [missing, plainChildCage], requireTier: "T2" })).rejects.toThrow(
      /^Tier T2 is required, and this computer offers T3 at best: a cage of nowhere cannot be used: nowhere is not installed; a submission can read a file .*\.$/,
    );
  });

  it("that cannot be had at all is refused", async () => {
    await expect(openSandbox({ cages: [missing] })).rejects.toThrow(
      "Submissions cannot be run on this computer: a cage of nowhere cannot be used: nowhere is not installed.",
    );
  });

  it("is of tier T0 when the operator says so, and names that it was not probed", async () => {
    const sandbox = await openSandbox({ cages: [plainChildCage], container: true, requireTier: "T0" });
    await sandbox.close();
    expect(sandbox.tier).toBe("T0");
    expect(sandbox.probes[0]).toMatch(/^the operator says .* that cannot be probed$/);
  });

  it("of another user reads nothing of the grader's, and takes everything with it when it ends", async (context) => {
    const sandbox = await openSandbox({ cages: [otherUserCage] }).catch((error: unknown) => context.skip(String(error)));
    await sandbox.close();
    expect(sandbox.tier).toBe("T2");
    expect(sandbox.probes).toEqual(
      expect.arrayContaining(["cannot read a file of the grader or of another submission", "cannot outlive its end", "is not root"]),
    );
  });

  it("of bubblewrap lets a program do nothing of what was tried", async (context) => {
    const sandbox = await openSandbox({ requireTier: "T1" }).catch((error: unknown) => context.skip(String(error)));
    await sandbox.close();
    expect(sandbox.probes).toEqual(["runs in bubblewrap", ...probeSentences(nothing)]);
  });
});
