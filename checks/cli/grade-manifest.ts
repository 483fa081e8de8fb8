import { UsageError } from "#checks/command-line/usage-error.ts";
import { findManifest, type RunFolder } from "#checks/grader/class/run-folder.ts";
import { differingSettings, manifestFormat, type RunManifest } from "#checks/grader/class/run-manifest.ts";
import type { HiddenChecks } from "#checks/grader/hidden/hidden-checks.ts";
import { checksHash, kitHash } from "#checks/grader/run/kit-hashes.ts";
import type { Sandbox } from "#checks/grader/sandbox/confined.ts";
import type { GradeOptions } from "./grade-options.ts";
import type { ClassPlan } from "./grade-plan.ts";

/**
 * What a run is asked for. One that goes on has to be asked for the same; only the course may be called otherwise, and hidden checks may be
 * released meanwhile.
 *
 * @throws {UsageError} when the folder holds a run that was begun otherwise
 */
export function manifestFor(
  folder: RunFolder,
  { planned }: ClassPlan,
  hidden: HiddenChecks,
  { tier }: Pick<Sandbox, "tier">,
  options: GradeOptions,
): RunManifest {
  const manifest: RunManifest = {
    format: manifestFormat,
    course: options.course,
    gradedAt: new Date().toISOString(),
    seed: options.seed,
    labs: options.labs,
    kit: kitHash(),
    checks: checksHash(hidden.sources),
    tier,
    timeouts: options.timeouts,
    anonymous: options.anonymous,
    hiddenReleased: options.releaseHidden,
    submissions: planned.map(({ id }) => id),
    shard: options.shard,
  };
  const old = findManifest(folder);
  if (old === undefined) return manifest;
  requireSame(folder, { ...old, course: manifest.course, hiddenReleased: manifest.hiddenReleased }, manifest);
  return { ...manifest, gradedAt: old.gradedAt };
}

function requireSame({ shown }: RunFolder, old: RunManifest, manifest: RunManifest): void {
  const differing = differingSettings(old, manifest);
  if (differing.length > 0)
    throw new UsageError(`${shown} was begun otherwise: ${differing.join(", ")}. Go on with the same, or give a new folder.`);
  if (old.shard.index !== manifest.shard.index || old.shard.of !== manifest.shard.of)
    throw new UsageError(`${shown} was begun as shard ${old.shard.index}/${old.shard.of}; go on with that, or give a new folder.`);
  const gone = old.submissions.filter((id) => !manifest.submissions.includes(id));
  if (gone.length > 0)
    throw new UsageError(
      `${shown} was begun with ${gone.slice(0, 3).join(", ")} in the class; give all submissions again, or a new folder.`,
    );
  // Numbers and shards depend on who is in the class.
  if (manifest.submissions.length > old.submissions.length && (manifest.anonymous || manifest.shard.of > 1))
    throw new UsageError(`${shown} was begun with fewer submissions, and is anonymous or a shard; give the same ones, or a new folder.`);
}
