import type { LabChecks } from "#checks/harness/check.ts";
import type { FailureReport } from "#checks/harness/check-result.ts";
import { registry } from "#checks/harness/registry.ts";
import { allVariants } from "#checks/misconceptions/variants/all-variants.ts";
import { type LabId, labIds } from "#launch/implementation.mjs";
import type { Adjustment, CheckGrade, ClassGrades, LabGrade, StopReason, SubmissionGrade } from "../../model/grade.ts";
import { hostileNames, ordinaryName } from "./example-names.ts";
import { seeded } from "./random.ts";
import type { Stories } from "./real-stories.ts";

export type ExampleOptions = {
  readonly submissions: number;
  readonly seed: number;
  /** Where there is none for a check, a made-up one is told. */
  readonly stories?: Stories;
  /** Some students have names that are markup, formulas and commands. */
  readonly hostile?: boolean;
  readonly anonymous?: boolean;
  /** Each lab has a hidden check when this is said. */
  readonly hiddenReleased?: boolean;
};

type Random = () => number;

/** A class that could be: some have everything, some have begun, most make a few of the known mistakes. The same for the same seed. */
export async function exampleClass(options: ExampleOptions): Promise<ClassGrades> {
  const random = seeded(options.seed);
  const labs = await Promise.all(labIds.map(loadLab));
  const grades = Array.from({ length: options.submissions }, (_, index) => submissionGrade(index, labs, random, options));
  return {
    course: "Computer networks, autumn",
    gradedAt: "2026-11-20T18:30:00Z",
    seed: options.seed,
    labs: labIds,
    grades: grades.toSorted((a, b) => (a.submission.id < b.submission.id ? -1 : 1)),
    anonymous: options.anonymous ?? false,
    hiddenReleased: options.hiddenReleased ?? false,
  };
}

async function loadLab(id: LabId): Promise<LabChecks<unknown>> {
  const lab = await registry[id]?.();
  if (lab === undefined) throw new Error(`There is no ${id}.`);
  return lab;
}

function submissionGrade(index: number, labs: readonly LabChecks<unknown>[], random: Random, options: ExampleOptions): SubmissionGrade {
  const skill = random() ** 0.6;
  const students = Array.from({ length: random() < 0.15 ? 2 : 1 }, (_, member) => {
    const name = options.hostile && index < hostileNames.length && member === 0 ? hostileNames[index] : ordinaryName(random);
    const login = `s${String(2024_0001 + index * 3 + member)}`;
    return { id: login, name: name ?? login, email: `${login}@example.edu` };
  });
  const graded = labs.map((lab, place) => labGrade(lab, skill, random() < 1.15 - place * 0.12 * (1.6 - skill), random, options));
  const earned = sum(graded.map((lab) => lab.earned));
  const points = sum(graded.map((lab) => lab.points));
  const adjustments = adjustmentsOf(points, random);
  const tier = "T1" as const;
  return {
    submission: {
      id: students.map(({ id }) => id).join("-"),
      source: random() < 0.5 ? "git" : "archive",
      revision: Math.floor(random() * 2 ** 48)
        .toString(16)
        .padStart(40, "a"),
      submittedAt: new Date(Date.UTC(2026, 10, 14, 12) + Math.floor(random() * 6 * 86_400_000)).toISOString(),
      students,
      ...(students.length > 1 ? { group: `pair ${index}` } : {}),
      refused: random() < 0.1 ? [{ path: "notes.txt", why: "is no file of a lab" }] : [],
    },
    labs: graded,
    earned,
    points,
    adjustments,
    total: Math.max(0, Math.min(points, earned + sum(adjustments.map((each) => each.points)))),
    tier,
    probes: ["cannot read a file of another submission", "cannot reach a port of the computer", "does not outlive its check"],
    receipt: {
      kit: hash("kit"),
      checks: hash("checks"),
      submission: hash(`${Math.floor(random() * 1e9)}`),
      node: "20.20.2",
      seed: options.seed + index,
      tier,
      verdicts: hash("verdicts"),
    },
    ...(random() < 0.01 ? { problem: "The grader itself failed: the sandbox could not be started" } : {}),
  };
}

/** Looks like a hash, and is the text in hexadecimal. */
function hash(of: string): string {
  return `sha256-${Buffer.from(of.padEnd(32, ".")).toString("hex").slice(0, 64)}`;
}

function adjustmentsOf(points: number, random: Random): readonly Adjustment[] {
  const late = random() < 0.12 ? Math.ceil(random() * 3) : 0;
  return [
    ...(late > 0
      ? [
          {
            kind: "late",
            points: -Math.round(points * 0.1 * late),
            why: `${late} ${late === 1 ? "day" : "days"} late, 10 % a day`,
          } as const,
        ]
      : []),
    ...(random() < 0.03 ? [{ kind: "override", points: 3, why: "=found a mistake in the handout", lab: "lab-2" } as const] : []),
  ];
}

function labGrade(
  lab: LabChecks<unknown>,
  skill: number,
  begun: boolean,
  random: Random,
  { stories, hiddenReleased }: ExampleOptions,
): LabGrade {
  const mistakes = begun ? allVariants[lab.id].filter(() => random() < 0.05 * (1.3 - skill)) : [];
  const wrong = new Set(mistakes.map(({ check }) => check));
  // How far they came: the checks are in the order of the handout.
  const reached = begun ? Math.ceil(lab.checks.length * Math.min(1, skill * 0.9 + random() * 0.6)) : 0;
  const checks = lab.checks.map(({ id, title, rule }, index): CheckGrade => {
    const points = lab.points[id] ?? 0;
    const common = { id, title, rule, points, earned: 0, hidden: false };
    if (index >= reached)
      return { ...common, status: "not-started", missing: `${id} needs a part of ${lab.title} that is not implemented yet.` };
    if (random() < 0.004) return { ...common, status: "stopped", reason: pick<StopReason>(["timeout", "out-of-memory", "crash"], random) };
    if (wrong.has(id) || random() < 0.08 * (1 - skill))
      return {
        ...common,
        status: "failed",
        failure: stories?.get(id) ?? madeUpFailure(title, random),
        ...(random() < 0.1 ? { printed: "debugging: got here\n" } : {}),
      };
    return { ...common, status: "passed", earned: points };
  });
  const hidden: CheckGrade = {
    id: `${lab.id}.hidden-noise`,
    title: "Noise between two messages changes nothing",
    rule: "docs/protocol.md#framing",
    points: 2,
    hidden: true,
    category: "robustness",
    ...hiddenOutcome(begun, skill, random),
  };
  const all = [...checks, hidden];
  return {
    lab: lab.id,
    title: lab.title,
    missingFiles: begun || random() < 0.7 ? [] : ["message.ts"],
    typeFaults:
      begun && random() < 0.05
        ? [
            {
              file: `labs/${lab.id}/message.ts`,
              line: 12,
              column: 7,
              message: "Type 'string' is not assignable to type 'number'.",
              source: '  const length: number = "5";',
            },
          ]
        : [],
    checks: hiddenReleased === undefined ? checks : all,
    earned: sum((hiddenReleased === undefined ? checks : all).map((check) => check.earned)),
    points: sum((hiddenReleased === undefined ? checks : all).map((check) => check.points)),
    misconceptions: mistakes
      .slice(0, 2)
      .map(({ name, says }) => ({ name, says, section: lab.handout, fit: random() < 0.7 ? "exact" : "similar" })),
  };
}

function hiddenOutcome(begun: boolean, skill: number, random: Random): Pick<CheckGrade, "status" | "earned" | "failure" | "missing"> {
  if (!begun) return { status: "not-started", earned: 0, missing: "nothing is there yet" };
  if (random() < skill) return { status: "passed", earned: 2 };
  return { status: "failed", earned: 0, failure: madeUpFailure("the secret input 4f3e was taken", random) };
}

function madeUpFailure(title: string, random: Random): FailureReport {
  const port = Math.floor(random() * 40);
  return {
    story: [
      { at: 0, verb: "recv", words: "100 ask for an address" },
      { at: 0, verb: "sent", words: "101 lend 13.8.0.2" },
      { at: 20_000, verb: "tick", words: `${20_000 + port} ms` },
    ],
    at: 20_000 + port,
    headline: `expected a heartbeat, but nothing came (${title.slice(0, 30)})`,
    detail: [
      { kind: "expected", text: "expected  104 heartbeat to 13.8.0.2" },
      { kind: "got", text: "got       nothing" },
    ],
  };
}

function pick<T>(values: readonly [T, ...T[]], random: Random): T {
  return values[Math.floor(random() * values.length)] ?? values[0];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
