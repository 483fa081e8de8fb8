import type { CheckGrade, ClassGrades, LabGrade, SubmissionGrade } from "../model/grade.ts";

/** A check as a student may see it. Of one that is kept back, they see nothing but its name and what it is about. */
export type SeenCheck =
  | { readonly kind: "open"; readonly check: CheckGrade }
  | { readonly kind: "kept-back"; readonly id: string; readonly category: string };

/** One lab as a student may see it: points are those of the open checks. */
export type SeenLab = {
  readonly lab: LabGrade;
  /** `lab-1 codec`. */
  readonly name: string;
  readonly checks: readonly SeenCheck[];
  readonly earned: number;
  readonly points: number;
};

/** A whole submission as its students may see it. */
export type SeenGrade = {
  readonly labs: readonly SeenLab[];
  readonly points: number;
  /** After the adjustments, between 0 and `points`. */
  readonly total: number;
  /** How many checks are kept back, with their points. */
  readonly keptBack: number;
};

/** Whether students may see only that there is this check. */
export function isKeptBack(check: CheckGrade, { hiddenReleased }: Pick<ClassGrades, "hiddenReleased">): boolean {
  return check.hidden && !hiddenReleased;
}

/** What a check is about, in a word or two; its lab, when nothing else is said. */
export function categoryOf({ id, category }: Pick<CheckGrade, "id" | "category">): string {
  return category ?? id.split(".")[0] ?? id;
}

/** `lab-1 codec`. */
export function labName({ lab, title }: Pick<LabGrade, "lab" | "title">): string {
  return `${lab} ${title}`;
}

/** What a student may see of a grade. Where nothing is kept back, its total is the grade's. */
export function seenByStudent(grade: SubmissionGrade, release: Pick<ClassGrades, "hiddenReleased">): SeenGrade {
  const labs = grade.labs.map((lab) => seenLab(lab, release));
  const keptBack = labs.flatMap(({ checks }) => checks).filter(({ kind }) => kind === "kept-back").length;
  const sum = (pick: (lab: SeenLab) => number) => labs.reduce((total, lab) => total + pick(lab), 0);
  const points = sum((lab) => lab.points);
  const adjusted = grade.adjustments.reduce(
    (total, adjustment) => total + adjustment.points,
    sum((lab) => lab.earned),
  );
  return { labs, points, keptBack, total: keptBack === 0 ? grade.total : Math.max(0, Math.min(points, adjusted)) };
}

/** The class as its students may see it: what is kept back is not in it, and not in any sum. */
export function seenClass(grades: ClassGrades): ClassGrades {
  if (grades.hiddenReleased) return grades;
  return {
    ...grades,
    grades: grades.grades.map((grade) => {
      const { labs, points, total } = seenByStudent(grade, grades);
      return {
        ...grade,
        points,
        total,
        earned: labs.reduce((sum, { earned }) => sum + earned, 0),
        labs: labs.map(({ lab, earned, points }) => ({ ...lab, earned, points, checks: lab.checks.filter(({ hidden }) => !hidden) })),
      };
    }),
  };
}

function seenLab(lab: LabGrade, release: Pick<ClassGrades, "hiddenReleased">): SeenLab {
  const checks = lab.checks.map(
    (check): SeenCheck =>
      isKeptBack(check, release) ? { kind: "kept-back", id: check.id, category: categoryOf(check) } : { kind: "open", check },
  );
  const open = lab.checks.filter((check) => !isKeptBack(check, release));
  return {
    lab,
    name: labName(lab),
    checks,
    earned: open.reduce((total, { earned }) => total + earned, 0),
    points: open.reduce((total, { points }) => total + points, 0),
  };
}
