import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { registry } from "#checks/harness/registry.ts";
import { runLab } from "#checks/harness/run/run-lab.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { hasReference, implementationFrom, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { applyEdits, type Edit } from "./variant.ts";

/** What lab 5 leaves to the student: the reference, decided otherwise. */
type Choice = {
  readonly says: string;
  readonly file: "arp-table.ts" | "network-interface.ts" | "pending-packets.ts";
  readonly edits: readonly Edit[];
  /** The extra checks that it does without. */
  readonly without?: readonly string[];
};

const learnLast = "return [...answers, ...learn(senderIp, senderMac)];";
const anyStation = { find: "(firstByte & 1) === 0 && mac !== zeroMac", replace: "firstByte >= 0" };

const choices: readonly Choice[] = [
  {
    says: "sends what waited before it replies",
    file: "network-interface.ts",
    edits: [{ find: learnLast, replace: "return [...learn(senderIp, senderMac), ...answers];" }],
  },
  {
    says: "replies between the packets that waited",
    file: "network-interface.ts",
    edits: [
      {
        find: learnLast,
        replace:
          "const [first, ...others] = learn(senderIp, senderMac);\n    return first === undefined ? answers : [first, ...answers, ...others];",
      },
    ],
  },
  {
    says: "ignores whoever claims its address altogether",
    file: "network-interface.ts",
    edits: [{ find: "const answers = ", replace: "if (senderIp === ip) return [];\n    const answers = " }],
  },
  {
    says: "learns from whoever claims its address",
    file: "network-interface.ts",
    edits: [{ find: "senderIp === ip || senderIp === noAddress", replace: "senderIp === noAddress" }],
    without: ["own-ip-not-learned"],
  },
  {
    says: "learns whatever it hears",
    file: "network-interface.ts",
    edits: [anyStation, { find: "if (senderIp === ip || senderIp === noAddress) return [];", replace: "" }],
    without: ["group-mac-not-learned", "broadcast-mac-not-learned", "zero-mac-not-learned", "own-ip-not-learned", "probe-answered"],
  },
  {
    says: "looks at a mapping's age when it is used",
    file: "arp-table.ts",
    edits: [
      {
        find: "lookup: (ip) => mappings.get(ip)?.mac,",
        replace: `lookup: (ip) => {
      const mapping = mappings.get(ip);
      return mapping !== undefined && mapping.expiresAt > now ? mapping.mac : undefined;
    },`,
      },
      { find: "if (now < nextExpiry) return;", replace: "if (now >= 0) return;" },
    ],
  },
  {
    says: "has a table of ten thousand",
    file: "arp-table.ts",
    edits: [
      { find: "const capacity = 16_384;", replace: "const capacity = 10_000;" },
      { find: "const evictedAtOnce = 1024;", replace: "const evictedAtOnce = 1;" },
    ],
  },
  {
    says: "has a table of twenty thousand",
    file: "arp-table.ts",
    edits: [{ find: "const capacity = 16_384;", replace: "const capacity = 20_000;" }],
  },
  {
    says: "has a table of 32 768",
    file: "arp-table.ts",
    edits: [
      { find: "const capacity = 16_384;", replace: "const capacity = 32_768;" },
      { find: "const evictedAtOnce = 1024;", replace: "const evictedAtOnce = 1;" },
    ],
  },
  {
    says: "has a table without bound",
    file: "arp-table.ts",
    edits: [{ find: "const capacity = 16_384;", replace: "const capacity = 1e9;" }],
    without: ["table-bounded"],
  },
  {
    says: "keeps two hundred packets of a flood",
    file: "pending-packets.ts",
    edits: [{ find: "const packetsPerHop = 16;", replace: "const packetsPerHop = 200;" }],
  },
  {
    says: "keeps only the oldest packets of a flood",
    file: "pending-packets.ts",
    edits: [
      {
        find: "if (entry.packets.length >= packetsPerHop) entry.packets.shift();",
        replace: "if (entry.packets.length >= packetsPerHop) return false;",
      },
    ],
    without: ["queue-bounded"],
  },
  {
    says: "forgets the oldest question of a scan",
    file: "pending-packets.ts",
    edits: [
      {
        find: "if (waiting.size >= maximumHops) return false;",
        replace: "for (const [oldest] of waiting) if (waiting.size >= maximumHops) waiting.delete(oldest);",
      },
    ],
  },
  {
    says: "bounds nothing that waits",
    file: "pending-packets.ts",
    edits: [
      { find: "const packetsPerHop = 16;", replace: "const packetsPerHop = 1e9;" },
      { find: "const maximumHops = 1024;", replace: "const maximumHops = 1e9;" },
    ],
    without: ["queue-bounded", "questions-bounded"],
  },
];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!hasReference)("a version of lab 5 that is right, too, passes all that is required", () => {
  it.each(choices)("$says", async ({ file, edits, without = [] }) => {
    const reference = implementationFrom("reference");
    mkdirSync(join(root, ".kit"), { recursive: true });
    const folder = mkdtempSync(join(root, ".kit", "choice-"));
    folders.push(folder);
    const copy = join(folder, labFolders["lab-5"]);
    cpSync(reference["lab-5"], copy, { recursive: true });
    writeFileSync(join(copy, file), applyEdits(readFileSync(join(copy, file), "utf8"), edits));
    const checks = await registry["lab-5"]?.();
    if (checks === undefined) throw new Error("Lab 5 has no checks.");
    const ids = checks.checks.map(({ id }) => id);
    const result = await runLab({ checks, ids, implementation: { ...reference, "lab-5": copy }, seed: defaultSeed });
    expect(result.typeFaults).toEqual([]);
    expect(result.checks.filter(({ status }) => status !== "passed").map(({ id }) => id)).toEqual(without.map((name) => `lab-5.${name}`));
  });
});
