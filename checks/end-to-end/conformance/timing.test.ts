import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { allCases } from "./all-cases.ts";
import { patchedLabs } from "./broken/patched-labs.ts";
import type { Patch } from "./broken/patches.ts";
import { outcomes, runCases } from "./broken/run-cases.ts";
import { tenTimesAsFast, timingPatches } from "./broken/timing-patches.ts";
import { paceOf } from "./case.ts";

/** The protocol's durations, ten times as fast; as much slack as a busy machine needs. */
const time = { sendEvery: 2000, deadAfter: 6000, tooEarly: 300, tooLate: 2500 };

async function test(patches: readonly Pick<Patch, "lab" | "file" | "replace">[], ids: readonly string[]) {
  const { folder, remove } = patchedLabs([tenTimesAsFast, ...patches]);
  try {
    return outcomes(await runCases({ kind: "own", from: folder, link: "memory" }, ids, { patience: 5000, time }));
  } finally {
    remove();
  }
}

describe.skipIf(!hasReference)("the timing of a server that lives ten times as fast", { timeout: 60_000 }, () => {
  // All at once: they wait, and do little else.
  it("passes when it is right, and fails with each fault", async () => {
    const timed = allCases.filter((each) => paceOf(each) === "timing").map(({ id }) => id);
    // The ticker takes no step of more than 30 s, which saves a client whose server was stopped. Ten times as fast, it does not save this one.
    const stopped = test([], ["suspended"]);
    const right = test([], timed);
    const wrong = timingPatches.map(async (patch) => ({ fault: patch.fault, results: await test([patch], patch.fails) }));
    expect(await right).toEqual(Object.fromEntries(timed.map((id) => [id, "passed"])));
    const failing = expect.stringMatching(/^failed: (?!the suite itself)/);
    expect(await stopped).toEqual({ suspended: failing });
    expect(await Promise.all(wrong)).toEqual(
      timingPatches.map(({ fault, fails }) => ({ fault, results: Object.fromEntries(fails.map((id) => [id, failing])) })),
    );
  });
});
