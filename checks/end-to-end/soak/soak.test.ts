import { describe, expect, it } from "vitest";
import { seededRandom } from "#devices/seeded-random.ts";
import { hasReference } from "#launch/implementation.mjs";
import type { Change } from "../conformance/broken/patch.ts";
import { patchedLabs } from "../conformance/broken/patched-labs.ts";
import { malformedStream } from "./malformed-stream.ts";
import { soak } from "./soak.ts";

const options = { duration: 2400, seed: 1, visitors: 8, patience: 10_000 };

/** Servers that lose something, and what must be found. */
const losing: readonly (Change & { readonly loses: string; readonly found: RegExp })[] = [
  {
    loses: "addresses",
    lab: "lab-2",
    file: "session-table.ts",
    replace: ["pool.release(address);", 'if (address.endsWith("3")) return;\n      pool.release(address);'],
    found: /addresses (?:is|are) lost/,
  },
  {
    loses: "memory",
    lab: "lab-4",
    file: "server-core.ts",
    replace: ["sessions.open(id);", "sessions.open(id);\n      kept.push(new Uint8Array(64 * 1024));"],
    also: ["const open = new Map<SessionId, Session>();", "const open = new Map<SessionId, Session>();\n  const kept: Uint8Array[] = [];"],
    found: /the server holds .* MB more/,
  },
  {
    loses: "timers",
    lab: "lab-4",
    file: "run-server.ts",
    replace: ["connections.set(id, connection);", "connections.set(id, connection);\n    setInterval(() => {}, 60_000);"],
    found: /handles .* are left open/,
  },
  {
    loses: "users",
    lab: "lab-4",
    file: "run-server.ts",
    replace: ["    connection.onClose(() => {", "    if (id % 50 !== 0) connection.onClose(() => {"],
    found: /addresses (?:is|are) lost/,
  },
  {
    loses: "its head",
    lab: "lab-4",
    file: "server-core.ts",
    replace: [
      `if (event.kind === "ignored") return`,
      `if (event.kind === "ignored") throw new Error("unknown type");\n    if (event.kind === "ignored") return`,
    ],
    found: /the server has ended: .*exit code/,
  },
];

describe.skipIf(!hasReference).concurrent("a short soak", { timeout: 60_000 }, () => {
  it("finds that the kit's own server loses nothing", async () => {
    const { faults, warm, after, tally, connections } = await soak({ ...options, from: "reference" });
    expect(faults).toEqual([]);
    expect(warm).toMatchObject({ addresses: 253, users: 0 });
    expect(after).toMatchObject({ addresses: 253, users: 0, handles: warm?.handles, descriptors: warm?.descriptors });
    expect(connections).toBeGreaterThan(50);
    expect(tally.pings).toBeGreaterThan(5);
  });

  it.each(losing)("finds that a server loses $loses", async ({ found, ...change }) => {
    const { folder, remove } = patchedLabs([change]);
    try {
      const { faults } = await soak({ ...options, from: folder });
      expect(faults).toContainEqual(expect.stringMatching(found));
    } finally {
      remove();
    }
  });
});

function streams(seed: number): readonly Uint8Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: 20 }, () => malformedStream(random));
}

describe("malformed streams", () => {
  it("follow from their seed", () => {
    expect(streams(1)).toEqual(streams(1));
    expect(streams(1)).not.toEqual(streams(2));
  });
});
