import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allCases } from "./all-cases.ts";
import { outcomes, runCases } from "./broken/run-cases.ts";
import { paceOf } from "./case.ts";

const program = fileURLToPath(new URL("broken/classic-server.mjs", import.meta.url));

/** Faults of the sockets, which the labs cannot have, and what must fail. */
const faults: readonly { readonly fault: string; readonly fails: readonly string[] }[] = [
  { fault: "two writes", fails: ["ping-latency"] },
  { fault: "keeps the other half", fails: ["half-closed"] },
  { fault: "dies of a reset", fails: ["reset-in-message"] },
  { fault: "waits for a reader", fails: ["reads-nothing"] },
  { fault: "drops a part", fails: ["reads-again"] },
  { fault: "reads one client to the end", fails: ["stalled-in-header", "stalled-in-data"] },
  { fault: "one host, one user", fails: ["grant-dns", "two-clients"] },
];

async function test(fault: string, ids: readonly string[], patience: number) {
  const port = await freePort();
  const command = `exec '${process.execPath}' '${program}' ${port} '${fault}'`;
  return outcomes(await runCases({ kind: "given", command, address: { host: "::1", port } }, ids, { patience }));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "::1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe.concurrent("a server that has nothing of the kit", { timeout: 60_000 }, () => {
  it("passes every quick case that needs no kernel and no log", async () => {
    const ids = allCases.filter((each) => paceOf(each) === "quick").map(({ id }) => id);
    const results = await test("", ids, 10_000);
    const notTested = ["ipv6-on-tun", "forwarding", "dialects-named"];
    expect(results).toEqual(
      Object.fromEntries(ids.map((id) => [id, notTested.includes(id) ? expect.stringContaining("not tested: ") : "passed"])),
    );
  });

  it.each(faults)("and $fault, fails $fails", async ({ fault, fails }) => {
    const results = await test(fault, ["grant-dns", ...fails], 1500);
    const failing = expect.stringMatching(/^failed: (?!the suite itself)/);
    expect(results).toEqual({ "grant-dns": "passed", ...Object.fromEntries(fails.map((id) => [id, failing])) });
  });
});
