import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { allCases } from "./all-cases.ts";
import { codecPatches } from "./broken/codec-patches.ts";
import { control, failed, passed } from "./broken/outcomes.ts";
import type { Change } from "./broken/patch.ts";
import { runPatched } from "./broken/patched-labs.ts";
import { serverPatches } from "./broken/server-patches.ts";
import { tenTimesAsFast, timingPatches } from "./broken/timing-patches.ts";
import { paceOf } from "./case.ts";

/** How long an answer may take, where most cases wait in vain. */
const patience = 1500;

/** A minute in six seconds, with as much slack as a busy machine needs. */
const time = { sendEvery: 2000, deadAfter: 6000, tooEarly: 2000, tooLate: 4000 };

const timed = allCases.filter((each) => paceOf(each) === "timing").map(({ id }) => id);
const runFast = (changes: readonly Change[], ids: readonly string[]) =>
  runPatched([tenTimesAsFast, ...changes], ids, { patience: 5000, time });

/** What each server with a fault did, by its fault. */
const named = (results: readonly unknown[]) => timingPatches.map(({ fault }, index) => [fault, results[index]]);

describe.skipIf(!hasReference).concurrent("a server with one fault", { timeout: 60_000 }, () => {
  // All at once, and beside the others: they wait, and do little else.
  it("in its timing, ten times as fast, fails the case that looks for it; without a fault it passes", async () => {
    const [right, stopped, ...wrong] = await Promise.all([
      runFast([], timed),
      // The ticker takes no step of more than 30 s, which saves a client whose server was stopped. Ten times as fast, it does not.
      runFast([], ["suspended"]),
      ...timingPatches.map((patch) => runFast([patch], patch.fails)),
    ]);
    expect(right).toEqual(passed(timed));
    expect(stopped).toEqual(failed(["suspended"]));
    expect(named(wrong)).toEqual(named(timingPatches.map(({ fails }) => failed(fails))));
  });

  it.each([...codecPatches, ...serverPatches])("that $fault fails $fails", async (patch) => {
    const results = await runPatched([patch], [control, ...patch.fails], { patience });
    expect(results).toEqual({ ...passed([control]), ...failed(patch.fails) });
  });
});
