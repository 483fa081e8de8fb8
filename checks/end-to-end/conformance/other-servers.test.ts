import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allCases } from "./all-cases.ts";
import { control, failed, notTested, outcomes, passed } from "./broken/outcomes.ts";
import { runCases } from "./broken/run-cases.ts";
import { paceOf } from "./case.ts";
import { freePort } from "./free-port.ts";

const program = fileURLToPath(new URL("broken/classic-server.mjs", import.meta.url));

/** Faults of the sockets, which the labs cannot have. */
const faults = [
  { fault: "two writes", fails: ["ping-latency"] },
  { fault: "keeps the other half", fails: ["half-closed"] },
  { fault: "dies of a reset", fails: ["reset-in-message"] },
  { fault: "waits for a reader", fails: ["reads-nothing"] },
  { fault: "drops a part", fails: ["reads-again"] },
  { fault: "keeps everything", fails: ["slow-client-memory"] },
  { fault: "reads one client to the end", fails: ["stalled-in-header", "stalled-in-data"] },
  { fault: "one host, one user", fails: [control, "two-clients"] },
];

async function run(fault: string, ids: readonly string[], patience: number) {
  const port = await freePort();
  const command = `exec '${process.execPath}' '${program}' ${port} '${fault}'`;
  return outcomes(await runCases({ kind: "given", command, address: { host: "::1", port } }, ids, { patience }));
}

describe("a server that has nothing of the kit", { timeout: 60_000 }, () => {
  it("passes every quick case that needs no kernel and no log", async () => {
    const ids = allCases.filter((each) => paceOf(each) === "quick").map(({ id }) => id);
    const needMore = ["ipv6-on-tun", "forwarding", "dialects-named"];
    expect(await run("", ids, 10_000)).toEqual({ ...passed(ids), ...notTested(needMore) });
  });

  it.each(faults)("and $fault, fails $fails", async ({ fault, fails }) => {
    expect(await run(fault, [control, ...fails], 1500)).toEqual({ ...passed([control]), ...failed(fails) });
  });
});
