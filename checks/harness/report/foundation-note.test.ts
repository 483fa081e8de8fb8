import { expect, it } from "vitest";
import { hasReference, implementationFrom } from "#launch/implementation.mjs";
import { foundationNote } from "./foundation-note.ts";

const own = implementationFrom("labs");
type Checks = Parameters<typeof foundationNote>[0]["checks"];
const failed = [
  { id: "a", status: "passed" },
  { id: "b", status: "failed" },
] as unknown as Checks;
const missing = (of: string) => [{ id: "a", status: "not-started", missing: `${of} is not implemented yet` }] as unknown as Checks;
const waiting = [{ id: "a", status: "not-started" }] as unknown as Checks;

it("says on whose labs a failing one was checked", () => {
  expect(foundationNote({ lab: "lab-4", checks: failed }, own)).toBe(
    "Lab 4 was checked on your own labs 1, 2 and 3: a mistake there fails here, too.",
  );
  expect(foundationNote({ lab: "lab-5", checks: failed }, own)).toBe(
    "Lab 5 was checked on your own lab 1: a mistake there fails here, too.",
  );
});

it("says what a lab waits for that is not started, where that is not a part of its own", () => {
  expect(foundationNote({ lab: "lab-4", checks: missing("lab-2 address pool") }, own)).toBe(
    "Lab 4 stands on your own labs 1, 2 and 3: finish those first.",
  );
  expect(foundationNote({ lab: "lab-5", checks: missing("lab-1 ARP message") }, own)).toBe(
    "Lab 5 stands on your own lab 1: finish that first.",
  );
  expect(foundationNote({ lab: "lab-4", checks: missing("lab-4 connect") }, own)).toBeUndefined();
});

it("says nothing of a lab that stands by itself, or is not started", () => {
  expect(foundationNote({ lab: "lab-3", checks: failed }, own)).toBeUndefined();
  expect(foundationNote({ lab: "lab-4", checks: waiting }, own)).toBeUndefined();
});

it.skipIf(!hasReference)("names only the labs that are not the reference's", () => {
  const reference = implementationFrom("reference");
  expect(foundationNote({ lab: "lab-4", checks: failed }, { ...reference, "lab-4": own["lab-4"] })).toBeUndefined();
  expect(foundationNote({ lab: "lab-4", checks: failed }, { ...own, "lab-1": reference["lab-1"] })).toContain("your own labs 2 and 3:");
});
