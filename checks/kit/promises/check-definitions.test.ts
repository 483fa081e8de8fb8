import { describe, expect, it } from "vitest";
import { registeredLabs } from "./registered-labs.ts";

describe.each(registeredLabs)("the checks of $id", (lab) => {
  it.each(lab.checks)("$id is well told", ({ id, title, rule, hints }) => {
    expect(id).toMatch(/^lab-\d\.[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/^[A-Z0-9].{10,100}[^.]$/);
    // A heading's existence is proved by the links test.
    expect(rule).toMatch(/^(docs\/[\w.-]+\.md#[\w-]+|RFC \d+( section [\d.]+)?)$/);
    expect(new Set(hints).size).toBe(3);
    for (const hint of hints) expect(hint).toMatch(/^.{20,400}$/s);
  });

  it("have titles of their own", () => {
    const titles = lab.checks.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
