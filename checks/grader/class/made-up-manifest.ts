import { manifestFormat, type RunManifest } from "./run-manifest.ts";

/** The manifest of a run that grades these submissions, for tests. */
export function madeUpManifest(submissions: readonly string[]): RunManifest {
  return {
    format: manifestFormat,
    course: "test",
    gradedAt: "2026-03-01T12:00:00.000Z",
    seed: 1,
    labs: ["lab-3"],
    kit: "sha256-kit",
    checks: "sha256-checks",
    tier: "T1",
    timeouts: {},
    anonymous: false,
    hiddenReleased: false,
    submissions,
    shard: { index: 1, of: 1 },
  };
}
