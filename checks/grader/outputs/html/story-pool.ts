import type { CheckGrade, ClassGrades } from "../../model/grade.ts";
import { storyMarkup } from "./story.ts";

/** One way in which a check fails: the story, and who fails in exactly this way. */
export type FailureVariant = {
  readonly check: CheckGrade;
  readonly markup: string;
  readonly submissions: readonly string[];
  /** Of its check, among those that somebody fails: from 1. */
  readonly place: number;
  /** Among those of its check, from 1, commonest first. */
  readonly number: number;
};

/** All failures of the class, sorted by check and by how they look. */
export type StoryPool = {
  readonly variantsOf: (check: string) => readonly FailureVariant[];
  readonly variantOf: (submission: string, check: string) => FailureVariant | undefined;
  /** Whether each submission's page tells its stories itself, or sends to the one place where a story that several share is told. */
  readonly repeated: boolean;
};

/** How much of the report stories may take, in characters of markup: told wherever they belong, or each told once. */
export type Room = { readonly repeated: number; readonly distinct: number };

const ordinaryRoom: Room = { repeated: 6_000_000, distinct: 4_000_000 };
/** The least that a story is told with. */
const shortestStory = 200;

/**
 * Students make the same mistakes, and the same mistake tells the same story. A class of ordinary size has every story on every page
 * that it belongs to; in a large one, what several share is told once, and if that is still too much, the longest are shortened.
 */
export function poolStories({ grades }: ClassGrades, room: Room = ordinaryRoom): StoryPool {
  const byCheck = new Map<string, Map<string, { check: CheckGrade; submissions: string[] }>>();
  const markupOf = rememberedMarkup();
  let all = 0;
  for (const { submission, labs } of grades)
    for (const check of labs.flatMap(({ checks }) => checks)) {
      if (check.status !== "failed" && check.status !== "stopped") continue;
      const markup = markupOf(check);
      all += markup.length;
      const variants = byCheck.get(check.id) ?? new Map();
      byCheck.set(check.id, variants);
      const variant = variants.get(markup) ?? { check, submissions: [] };
      variants.set(markup, variant);
      variant.submissions.push(submission.id);
    }
  const repeated = all <= room.repeated;
  const longest = repeated
    ? Number.POSITIVE_INFINITY
    : longestThatFits(
        [...byCheck.values()].flatMap((variants) => [...variants.keys()].map(({ length }) => length)),
        room.distinct,
      );
  const numbered = new Map(
    [...byCheck].map(([id, variants], place) => [
      id,
      [...variants]
        .toSorted(([, a], [, b]) => b.submissions.length - a.submissions.length)
        .map(([markup, { check, submissions }], index) => ({
          check,
          submissions,
          place: place + 1,
          number: index + 1,
          // Markup is longer than its text.
          markup: markup.length > longest ? storyMarkup(check, Math.max(shortestStory, longest * 0.8)).markup : markup,
        })),
    ]),
  );
  const bySubmission = new Map(
    [...numbered].flatMap(([check, variants]) =>
      variants.flatMap((variant) => variant.submissions.map((id) => [`${id} ${check}`, variant] as const)),
    ),
  );
  return {
    variantsOf: (check) => numbered.get(check) ?? [],
    variantOf: (submission, check) => bySubmission.get(`${submission} ${check}`),
    repeated,
  };
}

/** To lay a story out takes a while, and most are those of others, too. */
function rememberedMarkup(): (check: CheckGrade) => string {
  const known = new Map<string, string>();
  return (check) => {
    const key = JSON.stringify(check);
    const markup = known.get(key) ?? storyMarkup(check).markup;
    known.set(key, markup);
    return markup;
  };
}

/** The length to which the longest have to be cut, so that all of them together fit. */
function longestThatFits(lengths: readonly number[], room: number): number {
  let left = room;
  const sorted = lengths.toSorted((a, b) => a - b);
  for (const [index, length] of sorted.entries()) {
    const fair = left / (sorted.length - index);
    if (length > fair) return Math.floor(fair);
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}
