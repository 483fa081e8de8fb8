import { UsageError } from "#checks/command-line/usage-error.ts";
import type { Adjustment, SubmissionGrade } from "#checks/grader/model/grade.ts";
import { counted } from "#kit/counted.ts";
import { type LabId, labIds } from "#launch/implementation.mjs";
import { daysLater, readMoment, requireTimeZone } from "./moment.ts";
import { rounded } from "./rounded.ts";

/** What being late costs. */
export type LatePolicy = {
  /** When everything is due, or each lab. */
  readonly due: Date | ReadonlyMap<LabId, Date>;
  /** The clocks that days are counted by: a day late ends when these show the time of `due` again. Without one a day has 24 hours. */
  readonly timeZone?: string;
  /** Within so many minutes nothing is taken off. After them the days count from `due`. */
  readonly graceMinutes: number;
  /** Per cent of the points, for each day that has begun. */
  readonly percentPerDay: number;
  /** Never more than so many per cent. */
  readonly mostPercent: number;
  /** Later than so many days nothing counts. */
  readonly acceptedDays: number | undefined;
  /** Another `due`, for a student, a group or a submission. It counts where it is later. */
  readonly extensions: ReadonlyMap<string, Date>;
};

const known = ["due", "timeZone", "graceMinutes", "percentPerDay", "mostPercent", "acceptedDays", "extensions"];

/** Reads a policy, which is JSON. @param name what the file is called in sentences @throws {UsageError} */
export function readLatePolicy(text: string, name: string): LatePolicy {
  const policy = objectIn(text, name);
  const fail = (what: string): never => {
    throw new UsageError(`${name}: ${what}.`);
  };
  for (const key of Object.keys(policy)) if (!known.includes(key)) fail(`there is no setting ${key}; there are ${known.join(", ")}`);
  const timeZone = policy["timeZone"];
  if (timeZone !== undefined && typeof timeZone !== "string") fail("timeZone is a name such as Europe/Berlin");
  const moment = (value: unknown, what: string): Date => {
    if (typeof value !== "string") return fail(`${what} is a moment such as 2026-04-03T23:59:00+02:00`);
    try {
      return readMoment(value, timeZone as string | undefined);
    } catch (error) {
      return fail(`${what} ${value} ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const number = (key: string, least: number, most: number): number | undefined => {
    const value = policy[key];
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !(value >= least && value <= most)) return fail(`${key} is a number from ${least} to ${most}`);
    return value;
  };
  if (typeof timeZone === "string") {
    try {
      requireTimeZone(timeZone);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }
  if (policy["percentPerDay"] === undefined) fail("percentPerDay is missing: how much each day costs");
  return {
    due: dueIn(policy["due"], moment, fail),
    ...(typeof timeZone === "string" ? { timeZone } : {}),
    graceMinutes: number("graceMinutes", 0, 10_000) ?? 0,
    percentPerDay: number("percentPerDay", 0, 100) ?? 0,
    mostPercent: number("mostPercent", 0, 100) ?? 100,
    acceptedDays: number("acceptedDays", 0, 1000),
    extensions: new Map(
      Object.entries(
        plainObject(policy["extensions"] ?? {}) ?? fail('extensions is an object: { "alice": "2026-04-10T23:59:00+02:00" }'),
      ).map(([who, when]) => [who, moment(when, `the extension of ${who}`)]),
    ),
  };
}

type Fail = (what: string) => never;

function dueIn(due: unknown, moment: (value: unknown, what: string) => Date, fail: Fail): LatePolicy["due"] {
  const labs = plainObject(due);
  if (labs === undefined) return moment(due, "due");
  const stranger = Object.keys(labs).find((key) => !labIds.some((lab) => lab === key));
  if (stranger !== undefined) return fail(`due names ${stranger}, and the labs are ${labIds.join(", ")}`);
  return new Map(Object.entries(labs).map(([lab, when]) => [lab as LabId, moment(when, `due of ${lab}`)]));
}

function objectIn(text: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const found = plainObject(value);
  if (found === undefined)
    throw new UsageError(`${name} is a JSON object, such as { "due": "2026-04-03T23:59:00+02:00", "percentPerDay": 10 }.`);
  return found;
}

function plainObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

/** What a grade loses for having been handed in late. Nothing when it is not known when it was handed in. */
export function lateAdjustments(
  { submission, labs, earned }: Pick<SubmissionGrade, "submission" | "labs" | "earned">,
  policy: LatePolicy,
): readonly Adjustment[] {
  if (submission.submittedAt === undefined) return [];
  const handedIn = new Date(submission.submittedAt);
  const names = [submission.id, submission.group, ...submission.students.map(({ id }) => id)];
  const extended = names.flatMap((name) => (name === undefined ? [] : (policy.extensions.get(name) ?? [])));
  if (policy.due instanceof Date) return deduction(earned, handedIn, latest(policy.due, extended), policy);
  const { due } = policy;
  return labs.flatMap((lab) => {
    const when = due.get(lab.lab);
    return when === undefined
      ? []
      : deduction(lab.earned, handedIn, latest(when, extended), policy).map((each) => ({ ...each, lab: lab.lab }));
  });
}

function latest(due: Date, extended: readonly Date[]): Date {
  return new Date(Math.max(...[due, ...extended].map((date) => date.getTime())));
}

function deduction(earned: number, handedIn: Date, due: Date, policy: LatePolicy): readonly Adjustment[] {
  const days = daysLate(handedIn, due, policy);
  if (days === 0) return [];
  const closed = policy.acceptedDays !== undefined && days > policy.acceptedDays;
  const percent = closed ? 100 : Math.min(days * policy.percentPerDay, policy.mostPercent);
  const points = -rounded((earned * percent) / 100);
  if (percent === 0) return [];
  const late = `${days} ${days === 1 ? "day" : "days"} late`;
  const why = closed
    ? `${late}, and ${counted(policy.acceptedDays ?? 0, "is", "are")} accepted`
    : `${late}: ${rounded(percent)} % of ${counted(rounded(earned), "point")}`;
  return [{ kind: "late", points: points === 0 ? 0 : points, why }];
}

/** More days than anybody is late. */
const longest = 5000;

/** How many days after `due` have begun. */
export function daysLate(handedIn: Date, due: Date, { graceMinutes, timeZone }: Pick<LatePolicy, "graceMinutes" | "timeZone">): number {
  if (handedIn.getTime() <= due.getTime() + graceMinutes * 60_000) return 0;
  // Near the answer already: days differ by an hour at most.
  let days = Math.max(1, Math.floor((handedIn.getTime() - due.getTime()) / 86_400_000) - 1);
  while (days < longest && daysLater(due, days, timeZone).getTime() < handedIn.getTime()) days++;
  return days;
}
