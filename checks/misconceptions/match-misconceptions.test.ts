import { describe, expect, it } from "vitest";
import { loadFailure } from "#checks/harness/load-failure.ts";
import { registry } from "#checks/harness/registry.ts";
import { type LabId, labIds } from "#launch/implementation.mjs";
import { type FailedCheck, failureWords } from "./failure-words.ts";
import { type Knowledge, knowledgeOf, likelyMisconceptions } from "./match-misconceptions.ts";
import type { Signature } from "./signatures.ts";

/** A bug of the kit that fails something, and the lab that it is in. */
type KnownBug = {
  readonly lab: LabId;
  /** All checks of the lab, in the handout's order. */
  readonly ids: readonly string[];
  readonly knowledge: Knowledge;
  readonly variant: string;
  readonly signature: Signature;
  /** The misconception that it is, if it has a name. */
  readonly name: string | undefined;
};

const bugs = (
  await Promise.all(
    labIds.map(async (lab): Promise<readonly KnownBug[]> => {
      const ids = (await registry[lab]?.())?.checks.map(({ id }) => id) ?? [];
      const knowledge = knowledgeOf(lab);
      return [...knowledge.signatures]
        .filter(([, { always }]) => always.size > 0)
        .map(([variant, signature]) => ({ lab, ids, knowledge, variant, signature, name: nameOf(knowledge, variant) }));
    }),
  )
).flat();
const named = bugs.filter(({ name }) => name !== undefined);

function nameOf({ misconceptions }: Knowledge, variant: string): string | undefined {
  return misconceptions.find(({ name, also }) => name === variant || also?.includes(variant))?.name;
}

/** What is said of a run of the bug's lab in which these checks failed and the others passed. */
function saidOf({ lab, ids, knowledge }: KnownBug, failed: ReadonlySet<string>, known = knowledge) {
  const run = ids.map((id) => ({ id, status: failed.has(id) ? "failed" : "passed" }));
  return likelyMisconceptions(lab, run, known);
}

/** What is said of a bug that nobody knows yet. */
function saidWithout(bug: KnownBug) {
  const signatures = new Map([...bug.knowledge.signatures].filter(([variant]) => variant !== bug.variant));
  return saidOf(bug, bug.signature.always, { ...bug.knowledge, signatures });
}

const misconceptionOf = ({ knowledge, name }: KnownBug) => knowledge.misconceptions.find((known) => known.name === name);
const names = (likely: readonly { readonly name: string }[]) => likely.map(({ name }) => name);
const where = ({ lab, variant }: KnownBug) => `${lab} ${variant}`;

const lab3 = named.find(({ variant }) => variant === "storm") as KnownBug;

describe("a run with one bug", () => {
  it("is named by its misconception, whatever the seed is", () => {
    for (const bug of named)
      for (const failed of [bug.signature.always, new Set([...bug.signature.always, ...bug.signature.sometimes])])
        expect(names(saidOf(bug, failed)), where(bug)).toContain(bug.name);
  });

  it("is an exact fit, where no two others together look the same", () => {
    const exact = named.filter((bug) => saidOf(bug, bug.signature.always).every(({ fit }) => fit === "exact"));
    expect(exact.length / named.length).toBeGreaterThan(0.85);
  });

  it("is named with no more than two others, which fail the same checks", () => {
    for (const bug of named) {
      const said = saidOf(bug, bug.signature.always);
      expect(said.length, where(bug)).toBeLessThanOrEqual(3);
    }
    const alone = named.filter((bug) => saidOf(bug, bug.signature.always).length === 1);
    expect(alone.length / named.length).toBeGreaterThan(0.65);
  });

  it("gets no name when its bug has none", () => {
    const unnamed = bugs.filter(({ name }) => name === undefined);
    expect(unnamed.length).toBeGreaterThan(40);
    expect(unnamed.filter((bug) => saidOf(bug, bug.signature.always).length > 0).map(where)).toEqual([]);
  });

  it("gets no name when nobody has seen its bug before", () => {
    const unnamed = bugs.filter(({ name }) => name === undefined);
    expect(unnamed.filter((bug) => saidWithout(bug).length > 0).map(where)).toEqual([]);
  });

  it("of a seed of its own is still alike when one more check fails, or one fewer, of many", () => {
    const large = named.filter(({ signature }) => signature.always.size >= 12);
    const nearly = large.filter((bug) => {
      const [first = ""] = [...bug.signature.always].filter((id) => id !== misconceptionOf(bug)?.check);
      return names(saidOf(bug, new Set([...bug.signature.always].filter((id) => id !== first)))).includes(bug.name ?? "");
    });
    expect(large.length).toBeGreaterThan(20);
    expect(nearly.length / large.length).toBeGreaterThan(0.6);
  });
});

/** What is said of a run in which all checks of a lab, or these, ended in one way; others are not started. */
const saidOfAll = (lab: LabId, more: { readonly status: string; readonly failure?: FailedCheck["failure"] }, ids?: ReadonlySet<string>) => {
  const bug = bugs.find((each) => each.lab === lab) as KnownBug;
  const checks = bug.ids.map((id) => (ids === undefined || ids.has(id) ? { id, ...more } : { id, status: "not-started" }));
  return names(likelyMisconceptions(lab, checks, bug.knowledge));
};

describe("a run of code that does not work at all", () => {
  it.each(labIds)("in which every check fails is like nothing: %s", (lab) => {
    expect(saidOfAll(lab, { status: "failed" })).toEqual([]);
    expect(saidOfAll(lab, { status: "endless" })).toEqual([]);
  });

  it("is like nothing where the checks of one part did not end, or its file does not load", () => {
    const checksums = new Set(bugs.find(({ lab }) => lab === "lab-1")?.ids.filter((id) => id.startsWith("lab-1.checksum-")));
    expect(checksums.size).toBe(7);
    expect(saidOfAll("lab-1", { status: "failed" }, checksums)).toContain("checksum-no-complement");
    expect(saidOfAll("lab-1", { status: "endless" }, checksums)).toEqual([]);
    const failure = { story: [], at: undefined, headline: loadFailure("internetChecksum"), detail: [] };
    expect(saidOfAll("lab-1", { status: "failed", failure }, checksums)).toEqual([]);
  });
});

describe("a run with two bugs", () => {
  /** What both fail: some of all pairs in a lab of which neither hides the other. */
  const pairs = bugs
    .flatMap((one, index) =>
      bugs.slice(index + 1).flatMap((other) => {
        const [a, b] = [one.signature.always, other.signature.always];
        const isApart = one.lab === other.lab && [...a].some((id) => !b.has(id)) && [...b].some((id) => !a.has(id));
        return isApart ? [{ one, other, failed: new Set([...a, ...b]) }] : [];
      }),
    )
    .filter((_, index) => index % 8 === 0);

  it("is never called an exact fit of anything, and hardly ever alike to what is not in it", () => {
    const told = pairs.map(({ one, other, failed }) => {
      const said = saidOf(one, failed);
      const right = new Set([one, other].flatMap((bug) => [bug.name, ...names(saidOf(bug, bug.signature.always))]));
      return { said, isWrong: said.some(({ name }) => !right.has(name)) };
    });
    expect(told.length).toBeGreaterThan(1000);
    expect(told.flatMap(({ said }) => said).filter(({ fit }) => fit === "exact")).toEqual([]);
    expect(told.filter(({ isWrong }) => isWrong).length / told.length).toBeLessThan(0.015);
    expect(told.filter(({ said }) => said.length > 0).length / told.length).toBeGreaterThan(0.3);
  });
});

describe("a run of a lab that is half done", () => {
  const halves = bugs.flatMap((bug) =>
    [0.25, 0.5, 0.75].map((part) => ({
      bug,
      checks: bug.ids.map((id, index) => {
        const status = index >= bug.ids.length * part ? "not-started" : bug.signature.always.has(id) ? "failed" : "passed";
        return { id, status };
      }),
    })),
  );

  it("is not named by chance: what is named is there", () => {
    const said = halves.map(({ bug, checks }) => ({ bug, said: likelyMisconceptions(bug.lab, checks, bug.knowledge) }));
    const told = said.filter((each) => each.said.length > 0);
    expect(told.filter((each) => !names(each.said).includes(each.bug.name ?? "")).map(({ bug }) => where(bug))).toEqual([]);
    expect(told.length).toBeGreaterThan(250);
  });

  it("fits exactly only when the whole signature was judged", () => {
    for (const { bug, checks } of halves) {
      const isWhole = checks.every(({ id, status }) => status !== "not-started" || !bug.signature.always.has(id));
      const isExact = likelyMisconceptions(bug.lab, checks, bug.knowledge).some(({ fit }) => fit === "exact");
      expect(isExact && !isWhole, where(bug)).toBe(false);
    }
  });

  it("says nothing of a lab that is not begun, or is right", () => {
    for (const status of ["passed", "not-started", "not-run"])
      expect(
        likelyMisconceptions(
          "lab-3",
          lab3.ids.map((id) => ({ id, status })),
        ),
      ).toEqual([]);
  });
});

/** A check that failed with these words, at this place in the code. */
function failing(headline: string, place = "heartbeat.ts:1"): FailedCheck {
  const detail = [
    { kind: "got", text: "got       nothing" },
    { kind: "note", text: `at ${place}` },
  ] as const;
  return { status: "failed", failure: { story: [], at: 0, headline, detail } };
}

function bugSaying(headline: string): Signature {
  const words = { check: "lab-3.b", hash: failureWords(failing(headline)) ?? "" };
  return { always: new Set(["lab-3.a", "lab-3.b"]), sometimes: new Set(), words };
}

describe("bugs that fail the same checks", () => {
  const knowledge: Knowledge = {
    signatures: new Map([
      ["early", bugSaying("it came too early")],
      ["late", bugSaying("it came too late")],
    ]),
    misconceptions: ["early", "late"].map((name) => ({ name, lab: "lab-3", says: "", section: "", check: "lab-3.a" })),
  };
  const said = (b: FailedCheck) =>
    names(
      likelyMisconceptions(
        "lab-3",
        [
          { id: "lab-3.a", ...failing("wrong") },
          { id: "lab-3.b", ...b },
        ],
        knowledge,
      ),
    );

  it("are told apart by what the checks say, where that is known", () => {
    expect(said(failing("it came too late"))).toEqual(["late"]);
    expect(said({ status: "failed" })).toEqual(["early", "late"]);
  });

  it("are not named when the checks say something that none of them makes them say", () => {
    expect(said(failing("it came at noon"))).toEqual([]);
  });

  it("are none of these where a check throws, or does not end, and theirs answer", () => {
    const known = (own: Partial<FailedCheck>, manner?: Signature["manner"]) => {
      const signatures = new Map([["early", { ...bugSaying("it came too early"), manner }]]);
      const checks = [
        { id: "lab-3.a", ...failing("wrong"), ...own },
        { id: "lab-3.b", ...failing("it came too early") },
      ];
      return names(likelyMisconceptions("lab-3", checks, { ...knowledge, signatures }));
    };
    expect(known({})).toEqual(["early"]);
    expect(known(failing("tick threw where it should have answered"))).toEqual([]);
    expect(known(failing("expected a list of actions"))).toEqual([]);
    expect(known({ status: "endless" })).toEqual([]);
    const throws = { check: "lab-3.a", manner: "threw" } as const;
    expect(known(failing("tick threw where it should have answered"), throws)).toEqual(["early"]);
    expect(known({}, throws)).toEqual(["early"]);
  });

  it("are told apart by what they answer, and not by where in the code", () => {
    expect(failureWords(failing("wrong", "a.ts:1"))).toBe(failureWords(failing("wrong", "b.ts:7")));
    expect(failureWords(failing("wrong"))).not.toBe(failureWords(failing("wrong, too")));
    expect(failureWords({ status: "endless" })).toBe(failureWords({ status: "stopped" }));
  });
});

describe("a verdict", () => {
  it("may be in a grade's words, and of checks that nobody knows", () => {
    const failing = lab3.signature.always;
    const graded = [
      ...lab3.ids.map((id) => ({ id, status: failing.has(id) ? "stopped" : "passed" })),
      { id: "hidden.one", status: "failed" },
    ];
    expect(likelyMisconceptions("lab-3", graded)).toEqual(saidOf(lab3, failing));
    expect(names(likelyMisconceptions("lab-3", graded))).toEqual(["storm"]);
  });
});
