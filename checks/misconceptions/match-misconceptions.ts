import type { LikelyMisconception } from "#checks/harness/likely-misconception.ts";
import { isLoadFailure } from "#checks/harness/load-failure.ts";
import type { LabId } from "#launch/implementation.mjs";
import { allMisconceptions } from "./catalogue/all-misconceptions.ts";
import type { Misconception } from "./catalogue/misconception.ts";
import { type FailedCheck, failureWords, mannerOf } from "./failure-words.ts";
import { type Bug, explainedByTwo, fits, isObserved, type Run, similarBugs } from "./fit.ts";
import { type Signatures, signaturesOf, type Words } from "./signatures.ts";

/** How a check ended, in a run or in a grade. */
type Verdict = FailedCheck & { readonly id: string };

/** What is known of one lab: the signatures of many bugs, and the names of most. */
export type Knowledge = { readonly signatures: Signatures; readonly misconceptions: readonly Misconception[] };

export function knowledgeOf(lab: LabId): Knowledge {
  return { signatures: signaturesOf(lab), misconceptions: allMisconceptions.filter((misconception) => misconception.lab === lab) };
}

/** Says neither that the code is right nor that it is wrong. */
const unjudged = new Set(["not-started", "not-run"]);

/** More mistakes than this with one pattern are no help. */
const mostNamed = 3;

/**
 * What the pattern of a whole run of a lab's checks looks like. Nothing where it could as well be something else: a wrong name is worse than
 * none.
 *
 * The fit is exact when just the checks of one signature failed, all of them were judged, and no two other bugs together would leave the same
 * pattern. It is similar when a signature is much alike, or when two signatures together make the pattern. Bugs that fail the same checks are
 * told apart by what these say, as far as that is the same in every program with that bug. Where a check throws, or does not end, and the bug's
 * answers, it is another bug.
 *
 * Where nothing passes, or no failing check came to its end, a file does not load or a loop never ends, and all that is called alike would be
 * so by chance.
 *
 * @param checks all checks of the lab, whatever their order; those that no signature knows (extra ones, an instructor's own) do not matter
 */
export function likelyMisconceptions(
  lab: LabId,
  checks: readonly Verdict[],
  knowledge: Knowledge = knowledgeOf(lab),
): readonly LikelyMisconception[] {
  const bugs: readonly Bug[] = [...knowledge.signatures].map(([name, signature]) => ({ name, ...signature }));
  const known = new Set(bugs.flatMap(({ always, sometimes }) => [...always, ...sometimes]));
  const judged = checks.filter(({ id, status }) => known.has(id) && !unjudged.has(status));
  const run: Run = {
    judged: new Set(judged.map(({ id }) => id)),
    failed: new Set(judged.filter(({ status }) => status !== "passed").map(({ id }) => id)),
  };
  if (run.failed.size === 0) return [];

  const fitting = bugs.filter((bug) => fits(run, bug));
  const others = bugs.filter((bug) => !fitting.includes(bug));
  const two = explainedByTwo(run, others);
  const tellThose = (found: readonly Bug[], fit: LikelyMisconception["fit"]) => tell(run, checks, found, fit, knowledge);
  if (fitting.length > 0) {
    const whole = fitting.every(({ always }) => [...always].every((id) => run.judged.has(id)));
    const fit = whole && two.length === 0 ? "exact" : "similar";
    return fit === "exact" || judged.some(cameToItsEnd)
      ? tellThose(speakingAlike(checks, failingAlike(checks, fitting, knowledge)), fit)
      : [];
  }
  if (run.failed.size === run.judged.size || !judged.some(cameToItsEnd)) return [];
  const alike = similarBugs(run, bugs);
  if (alike.length > 0) return tellThose(alike, "similar");
  const [pair] = two;
  return two.length === 1 && pair?.isClear ? tellThose(pair.bugs, "similar") : [];
}

/** Whether a check failed by what the code answered. */
function cameToItsEnd({ status, failure }: Verdict): boolean {
  return status === "failed" && (failure === undefined || !isLoadFailure(failure.headline));
}

/**
 * The bugs without those that say something else than the run has said. That may leave none: then it is a bug that nobody has seen yet. All
 * of them where the run's words were not kept.
 */
function speakingAlike(checks: readonly Verdict[], bugs: readonly Bug[]): readonly Bug[] {
  const maySay = ({ check, hash }: Words) => {
    const verdict = checks.find(({ id }) => id === check);
    const said = verdict === undefined ? undefined : failureWords(verdict);
    return said === undefined || said === hash;
  };
  return bugs.filter(({ words }) => words === undefined || maySay(words));
}

/** The bugs without those whose own check, the one that shows them best, answers something wrong where the run's has thrown or not ended. */
function failingAlike(checks: readonly Verdict[], bugs: readonly Bug[], { misconceptions }: Knowledge): readonly Bug[] {
  return bugs.filter(({ name, manner: kept }) => {
    const own = misconceptions.find((known) => isNamed(known, name))?.check;
    const verdict = checks.find(({ id }) => id === own);
    const manner = verdict && mannerOf(verdict);
    return manner === undefined || manner === "answered" || manner === kept?.manner;
  });
}

const isNamed = (known: Misconception, bug: string) => known.name === bug || known.also?.includes(bug) === true;

/** The bugs by their names; nothing when one of them has none, when there are too many, or when what shows them best did not fail. */
function tell(
  run: Run,
  checks: readonly Verdict[],
  bugs: readonly Bug[],
  fit: LikelyMisconception["fit"],
  knowledge: Knowledge,
): readonly LikelyMisconception[] {
  const found = bugs.map(({ name }) => knowledge.misconceptions.find((known) => isNamed(known, name)));
  const named = new Set(found.filter((misconception) => misconception !== undefined));
  const isSeen =
    bugs.every((bug) => isObserved(run, bug)) &&
    failingAlike(checks, bugs, knowledge).length === bugs.length &&
    [...named].every(({ check }) => run.failed.has(check));
  const isSafe = isSeen && !found.includes(undefined) && named.size <= mostNamed;
  return isSafe ? [...named].map(({ name, says, section, check }) => ({ name, says, section, fit, check })) : [];
}
