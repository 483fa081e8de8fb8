import { expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { allCases } from "./all-cases.ts";
import { outcomes, runCases } from "./broken/run-cases.ts";
import { paceOf } from "./case.ts";

it.skipIf(!hasReference)("the kit's own server passes every quick case that needs no kernel", { timeout: 90_000 }, async () => {
  const ids = allCases.filter((each) => paceOf(each) === "quick").map(({ id }) => id);
  const results = outcomes(await runCases({ kind: "own", from: "reference", link: "memory" }, ids, { patience: 10_000 }));
  const needKernel = ["ipv6-on-tun", "forwarding"];
  expect(results).toEqual(
    Object.fromEntries(
      ids.map((id) => [id, needKernel.includes(id) ? expect.stringContaining("not tested: over --link memory") : "passed"]),
    ),
  );
});
