import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { runServerVariants } from "#checks/misconceptions/variants/lab-4-run-server.variants.ts";
import { hasReference } from "#launch/implementation.mjs";
import { referenceSources, skeletonFiles } from "../run/lab-sources.ts";
import { usualLimits } from "../run/limits.ts";
import type { Sandbox } from "../sandbox/confined.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { plainChildCage } from "../sandbox/plain-child.ts";
import { spoiltSources } from "../two-modes/variant-program.ts";
import { gradeOnTun } from "./grade-on-tun.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const run = () => ({ sandbox, seed: 1, limits: usualLimits, isOver: () => false });

function reference() {
  const sources = referenceSources();
  if (sources === undefined) throw new Error("There is no reference.");
  return sources;
}

/** The grade of these labs; the test is skipped, with the reason, where there can be no TUN in a sandbox. */
async function gradeOrSkip(context: TestContext, sources: ReturnType<typeof reference>) {
  const grade = await gradeOnTun(sources, run());
  if (grade.missing?.startsWith("skipped: ") === true) context.skip(grade.missing);
  return grade;
}

describe.skipIf(!hasReference)("a server on a real TUN in the sandbox", () => {
  it("carries pings, when it is right", async (context) => {
    expect(await gradeOrSkip(context, reference())).toMatchObject({ id: "lab-4.real-tun", status: "passed", points: 0 });
  });

  it("fails when it does not listen to the device", async (context) => {
    const variant = runServerVariants.find(({ name }) => name === "shell-does-not-listen-to-tun");
    if (variant === undefined) throw new Error("There is no such variant.");
    expect(await gradeOrSkip(context, spoiltSources(variant))).toMatchObject({
      status: "failed",
      failure: { headline: "expected the answer to ping 1 as a 103, but it did not come" },
    });
  });

  it("is not started, when it is a skeleton", async (context) => {
    expect(await gradeOrSkip(context, { ...reference(), "lab-4": skeletonFiles("lab-4") })).toMatchObject({ status: "not-started" });
  });

  it("is not tried without a network of its own, and that is said", async () => {
    const plain = { ...plainChildCage(), tier: "T3", probes: [] } as const;
    const grade = await gradeOnTun(reference(), { ...run(), sandbox: plain });
    await plain.close();
    expect(grade).toMatchObject({
      status: "not-run",
      missing: "skipped: only bubblewrap gives a submission a network of its own",
    });
  });
});
