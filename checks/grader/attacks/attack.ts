import type { StopReason } from "../model/grade.ts";

/** What an attack is after, outside of the sandbox. Nothing of it may be there for a submission. */
export type Targets = {
  /** A file of results, next to which a grader would write, and what stands in it. */
  readonly file: string;
  /** Stands in that file, and in the environment of the grader. */
  readonly secret: string;
  /** Somebody of the grader's listens there, on loopback. */
  readonly port: number;
  /** The grader's own process. */
  readonly pid: number;
  /** The project's folder, with the reference in it. */
  readonly root: string;
  /** Stands in the command line of everything that an attack starts, so that what is left of it can be found. */
  readonly token: string;
};

/** A hostile submission of lab 3: honest code that gets some points, and something that is to get more, or to do harm. */
export type Attack = {
  readonly name: string;
  /** What it tries: "ends the process while its file is loaded". */
  readonly says: string;
  /** Stands where imports stand. */
  readonly imports?: string;
  /** Runs when the file is loaded. */
  readonly atLoad?: string;
  /** Runs in each call of `tick`, before the honest code. */
  readonly inTick?: string;
  /** An expression that `tick` returns in place of the honest `answer`. */
  readonly answers?: string;
  /** How its first check is stopped, where it is. One of these: which comes first may depend on the computer. */
  readonly stopped?: readonly StopReason[];
  /** Shows that it has come to its point, in what is printed and in what failures say. Most say so themselves: `mark`. */
  readonly seen?: RegExp;
};

/** What stands in the prints of every attack that has come to its point. */
export const mark = "the attack has run";

/**
 * The attack's heartbeat.ts. The honest code under it sends heartbeats and never gives a peer up, so that it gets some of the points.
 * `report(text)` prints; `targets` is what there is to be had; `answer` is what the honest code answers.
 */
export function hostileHeartbeat(attack: Attack | undefined, targets: Targets): string {
  return `// @ts-nocheck
${attack?.imports ?? ""}
const targets = ${JSON.stringify(targets)};
const print = console.log.bind(console);
const report = (text) => print(${JSON.stringify(mark)} + ": " + text);
${attack?.atLoad ?? ""}
export const createHeartbeat = ({ sendEvery }) => {
  let sinceSent = 0;
  const honest = (elapsed) => {
    sinceSent += elapsed;
    if (sinceSent < sendEvery) return [];
    sinceSent = 0;
    return [{ kind: "send-heartbeat" }];
  };
  return {
    heard() {},
    tick(elapsed) {
      const answer = honest(elapsed);
      ${attack?.inTick ?? ""}
      return ${attack?.answers ?? "answer"};
    },
  };
};
`;
}
