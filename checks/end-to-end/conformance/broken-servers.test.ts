import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { patchedLabs } from "./broken/patched-labs.ts";
import { patches } from "./broken/patches.ts";
import { outcomes, runCases } from "./broken/run-cases.ts";

/** Passes whatever is wrong elsewhere: it shows that the server runs. */
const control = "grant-dns";

describe.skipIf(!hasReference).concurrent("a server with one fault", { timeout: 60_000 }, () => {
  it.each(patches)("that $fault fails $fails", async (patch) => {
    const { folder, remove } = patchedLabs([patch]);
    try {
      const results = await runCases({ kind: "own", from: folder, link: "memory" }, [control, ...patch.fails], { patience: 1500 });
      const failing = expect.stringMatching(/^failed: (?!the suite itself)/);
      expect(outcomes(results)).toEqual({ [control]: "passed", ...Object.fromEntries(patch.fails.map((id) => [id, failing])) });
    } finally {
      remove();
    }
  });
});
