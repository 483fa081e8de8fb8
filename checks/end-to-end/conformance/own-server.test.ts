import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { allCases } from "./all-cases.ts";
import { notTested, outcomes, passed } from "./broken/outcomes.ts";
import { runCases } from "./broken/run-cases.ts";
import { paceOf } from "./case.ts";
import { findOwnNetwork } from "./own-network.ts";

const patience = 10_000;
const needKernel = ["ipv6-on-tun", "forwarding"];

describe.skipIf(!hasReference)("the kit's own server", { timeout: 90_000 }, () => {
  it("passes every quick case that needs no kernel", async () => {
    const ids = allCases.filter((each) => paceOf(each) === "quick").map(({ id }) => id);
    const results = await runCases({ kind: "own", from: "reference", link: "memory" }, ids, { patience });
    expect(outcomes(results)).toEqual({ ...passed(ids), ...notTested(needKernel) });
  });

  it.for([
    ["tun", "a real TUN device"],
    ["tap", "lab 5's interface on a real TAP device"],
  ] as const)("passes with %s: %s, in a network of its own", async ([link], context) => {
    const network = findOwnNetwork();
    if (network.kind === "impossible") {
      context.skip(network.why);
      return;
    }
    const ids = [...needKernel, "full-size-packets", "burst-to-client", "reads-nothing", "pool-exhausted", "restart"];
    const results = await runCases({ kind: "own", from: "reference", link }, ids, { patience, network: network.command });
    const missing = results.filter(({ status }) => status === "not-tested");
    expect(outcomes(results)).toEqual({ ...passed(ids), ...notTested(missing.map(({ id }) => id)) });
    for (const result of missing) if (result.status === "not-tested") context.skip(result.why);
  });
});
