import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { allCases } from "./all-cases.ts";
import { outcomes, runCases } from "./broken/run-cases.ts";
import { paceOf } from "./case.ts";
import { findOwnNetwork } from "./own-network.ts";

const patience = 10_000;
const needKernel = ["ipv6-on-tun", "forwarding"];

describe.skipIf(!hasReference)("the kit's own server", { timeout: 90_000 }, () => {
  it("passes every quick case that needs no kernel", async () => {
    const ids = allCases.filter((each) => paceOf(each) === "quick").map(({ id }) => id);
    const notTested = expect.stringContaining("not tested: over --link memory");
    const expected = ids.map((id) => [id, needKernel.includes(id) ? notTested : "passed"]);
    const results = await runCases({ kind: "own", from: "reference", link: "memory" }, ids, { patience });
    expect(outcomes(results)).toEqual(Object.fromEntries(expected));
  });

  it("passes with a real TUN device, in a network of its own", async (context) => {
    const network = findOwnNetwork();
    if (network.kind === "impossible") {
      context.skip(network.why);
      return;
    }
    const ids = [...needKernel, "full-size-packets", "burst-to-client", "reads-nothing", "pool-exhausted", "restart"];
    const results = await runCases({ kind: "own", from: "reference", link: "tun" }, ids, { patience, network: network.command });
    expect(outcomes(results)).toEqual(Object.fromEntries(ids.map((id) => [id, "passed"])));
  });
});
