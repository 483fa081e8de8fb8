import type { LabId } from "#launch/implementation.mjs";
import type { InputMemory } from "./kept-input.ts";
import type { Loopback } from "./loopback.ts";
import type { MemberShapes, ShapeOf } from "./shape.ts";
import type { Story } from "./story.ts";
import type { Subject } from "./subject.ts";

/** What a check is given. */
export type Exam<Lab> = {
  /** The lab under check, reached over a channel: plain data in, plain data out. */
  readonly subject: Subject<Lab>;
  /** Tell it each step: a failure prints it. */
  readonly story: Story;
  /** For generated inputs: the same seed gives the same inputs. */
  readonly seed: number;
  /** Of generated inputs that failed before. There is none where the code and the seed alone decide. */
  readonly memory?: InputMemory | undefined;
  /** Where a server of the lab's is reached. */
  readonly loopback: Loopback;
};

/** One check: data, and a function that throws a `CheckFailure`. */
export type Check<Lab> = {
  /** Stable: `lab-1.checksum-odd-length`. Points are kept under this name. */
  readonly id: string;
  /** One sentence that says what is right, without a full stop. */
  readonly title: string;
  /** Where the rule stands: a heading (`docs/protocol.md#framing`) or an RFC section (`RFC 791 section 3.1`). */
  readonly rule: string;
  /** Where to look; what to think about; what to write. */
  readonly hints: readonly [where: string, think: string, write: string];
  readonly run: (exam: Exam<Lab>) => Promise<void>;
};

/** Everything that there is to check about one lab. */
export type LabChecks<Lab> = {
  readonly id: LabId;
  /** What the lab builds, in a few words: `codec`. */
  readonly title: string;
  readonly handout: string;
  readonly shape: ShapeOf<Lab> & MemberShapes;
  readonly checks: readonly Check<Lab>[];
  /** The manifest: what each check is worth. 0 for a check beyond the required. */
  readonly points: Readonly<Record<string, number>>;
};

/** Puts a lab's checks and its manifest together. Throws when they disagree: a check that is missing from either would never count. */
export function defineLab<Lab>(lab: LabChecks<Lab>): LabChecks<Lab> {
  const ids = lab.checks.map((check) => check.id);
  const faults = [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice`),
    ...ids.filter((id) => !id.startsWith(`${lab.id}.`)).map((id) => `${id} does not begin with ${lab.id}.`),
    ...ids.filter((id) => lab.points[id] === undefined).map((id) => `${id} has no points in the manifest`),
    ...Object.entries(lab.points)
      .filter(([, points]) => !(Number.isFinite(points) && points >= 0))
      .map(([id, points]) => `${id} is worth ${points}`),
    ...Object.keys(lab.points)
      .filter((id) => !ids.includes(id))
      .map((id) => `${id} stands in the manifest, but there is no such check`),
  ];
  if (faults.length > 0) throw new Error(`The checks of ${lab.id} do not fit its manifest: ${faults.join("; ")}.`);
  return lab;
}
