import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { allCases } from "./all-cases.ts";
import { patchedLabs } from "./broken/patched-labs.ts";
import { type Change, patches } from "./broken/patches.ts";
import { outcomes, runCases } from "./broken/run-cases.ts";
import { tenTimesAsFast, timingPatches } from "./broken/timing-patches.ts";
import { paceOf } from "./case.ts";
import { freePort } from "./free-port.ts";

/** Passes whatever is wrong elsewhere: it shows that the server runs. */
const control = "grant-dns";

/** Failed, and by the server's fault. */
const failing = expect.stringMatching(/^failed: (?!the suite itself)/);

/** How long an answer may take, where most cases wait in vain. */
const patience = 1500;

const fail = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, failing]));
const pass = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, "passed"]));

async function testPatched(changes: readonly Change[], ids: readonly string[], options: Parameters<typeof runCases>[2]) {
  const { folder, remove } = patchedLabs(changes);
  try {
    return outcomes(await runCases({ kind: "own", from: folder, link: "memory" }, ids, options));
  } finally {
    remove();
  }
}

describe.skipIf(!hasReference).concurrent("a server with one fault", { timeout: 60_000 }, () => {
  it.each(patches)("that $fault fails $fails", async (patch) => {
    expect(await testPatched([patch], [control, ...patch.fails], { patience })).toEqual({ ...pass([control]), ...fail(patch.fails) });
  });
});

describe.skipIf(!hasReference).concurrent("a server that lives ten times as fast", { timeout: 60_000 }, () => {
  /** As much slack as a busy machine needs. */
  const time = { sendEvery: 2000, deadAfter: 6000, tooEarly: 300, tooLate: 2500 };
  const test = (changes: readonly Change[], ids: readonly string[]) =>
    testPatched([tenTimesAsFast, ...changes], ids, { patience: 5000, time });

  // All at once: they wait, and do little else.
  it("keeps its time when it is right, and fails with each fault", async () => {
    const timed = allCases.filter((each) => paceOf(each) === "timing").map(({ id }) => id);
    const right = test([], timed);
    // The ticker takes no step of more than 30 s, which saves a client whose server was stopped. Ten times as fast, it does not save this one.
    const stopped = test([], ["suspended"]);
    const wrong = timingPatches.map(async (patch) => ({ fault: patch.fault, results: await test([patch], patch.fails) }));
    expect(await right).toEqual(pass(timed));
    expect(await stopped).toEqual(fail(["suspended"]));
    expect(await Promise.all(wrong)).toEqual(timingPatches.map(({ fault, fails }) => ({ fault, results: fail(fails) })));
  });
});

describe.concurrent("a server that has nothing of the kit", { timeout: 60_000 }, () => {
  const program = fileURLToPath(new URL("broken/classic-server.mjs", import.meta.url));

  /** Faults of the sockets, which the labs cannot have. */
  const faults = [
    { fault: "two writes", fails: ["ping-latency"] },
    { fault: "keeps the other half", fails: ["half-closed"] },
    { fault: "dies of a reset", fails: ["reset-in-message"] },
    { fault: "waits for a reader", fails: ["reads-nothing"] },
    { fault: "drops a part", fails: ["reads-again"] },
    { fault: "reads one client to the end", fails: ["stalled-in-header", "stalled-in-data"] },
    { fault: "one host, one user", fails: [control, "two-clients"] },
  ];

  async function test(fault: string, ids: readonly string[], options: Parameters<typeof runCases>[2]) {
    const port = await freePort();
    const command = `exec '${process.execPath}' '${program}' ${port} '${fault}'`;
    return outcomes(await runCases({ kind: "given", command, address: { host: "::1", port } }, ids, options));
  }

  it("passes every quick case that needs no kernel and no log", async () => {
    const ids = allCases.filter((each) => paceOf(each) === "quick").map(({ id }) => id);
    const notTested = ["ipv6-on-tun", "forwarding", "dialects-named"].map((id) => [id, expect.stringContaining("not tested: ")]);
    expect(await test("", ids, { patience: 10_000 })).toEqual({ ...pass(ids), ...Object.fromEntries(notTested) });
  });

  it.each(faults)("and $fault, fails $fails", async ({ fault, fails }) => {
    expect(await test(fault, [control, ...fails], { patience })).toEqual({ ...pass([control]), ...fail(fails) });
  });
});
