import { afterAll, describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { allVariants } from "./all-variants.ts";
import { createExaminer } from "./examiner.ts";
import { proveVariants } from "./prove-variants.ts";
import type { Variant } from "./variant.ts";

/** Nobody but the event loop has called the listener that throws. */
const throwsOnFull: Variant = {
  lab: "lab-4",
  file: "run-server.ts",
  name: "shell-throws-on-full",
  says: "throws when a connection is full",
  check: "lab-4.shell-slow-client",
  edits: [
    {
      find: `if (connections.get(action.to)?.write(action.bytes) !== true) count("slow-client");`,
      replace: `if (connections.get(action.to)?.write(action.bytes) !== true) throw new Error("the connection is full");`,
    },
  ],
};

describe.skipIf(!hasReference)("wrong versions of lab 4", () => {
  // A shell that does nothing is waited for, by check after check.
  proveVariants("lab-4", allVariants["lab-4"], 3);
  const examiner = createExaminer();
  afterAll(() => examiner.close());

  it("a shell that throws in a listener fails the check that is running, with the error and its place", async () => {
    const [result] = await examiner.examine(throwsOnFull, { ids: [throwsOnFull.check] });
    const failure = result?.failure;
    expect(result?.status).toBe("failed");
    expect(failure?.headline).toContain("your code threw outside of any call");
    const detail = failure?.detail.map(({ text }) => text) ?? [];
    expect(detail).toContain("Error: the connection is full");
    expect(detail.join("\n")).toContain("lab-4-tun-server/run-server.ts");
  });
});
