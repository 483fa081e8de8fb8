import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "#launch/root.mjs";
import { memorySubmission } from "../model/memory-submission.ts";
import { bundleSubmission } from "./bundle-submission.ts";
import { sourcesOf } from "./lab-sources.ts";

let folder = "";
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kit-bundled-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = 'export const load = () => import("#lab-1/message.ts");';

/** The bundle of a submission whose message.ts is this, and what loading message.ts comes to. */
async function loaded(files: Readonly<Record<string, string>>): Promise<{ readonly text: string; readonly result: unknown }> {
  const text = await bundleSubmission(entry, sourcesOf(memorySubmission("x", files).files).sources);
  const file = join(folder, `${count++}.mjs`);
  writeFileSync(file, text);
  const { load }: { readonly load: () => Promise<{ readonly answer: unknown }> } = await import(
    /* @vite-ignore */ pathToFileURL(file).href
  );
  return { text, result: await load().then(({ answer }) => answer, String) };
}
const message = (text: string) => loaded({ "lab-1-codec/message.ts": text });

describe("a bundle of a submission", () => {
  it.each([
    ["the kit's helpers", 'import { toHex } from "#kit/bytes.ts"; export const answer = toHex(Uint8Array.of(10));', "0a"],
    ["what Node brings along", 'import { sep } from "node:path/posix"; export const answer = sep;', "/"],
    ["a neighbour", 'export { internetChecksum as answer } from "./internet-checksum.ts";', expect.any(Function)],
    ["a neighbour without its ending", 'export { internetChecksum as answer } from "./internet-checksum";', expect.any(Function)],
    ["another lab", 'export { createHeartbeat as answer } from "#lab-3/heartbeat.ts";', expect.any(Function)],
    ["another lab by its path", 'export { createHeartbeat as answer } from "../lab-3-heartbeat/heartbeat.ts";', expect.any(Function)],
  ])("holds %s", async (_, text, answer) => {
    expect((await message(text)).result).toEqual(answer);
  });

  it.each([
    "#checks/harness/seed.ts",
    "#fixtures/README.md",
    "#server/server.ts",
    "#launch/root.mjs",
    "#kit/../../reference/lab-1-codec/message.ts",
    "#lab-1/../../reference/lab-1-codec/message.ts",
    "../../reference/lab-1-codec/message.ts",
    "../../package.json",
    "../server/server.ts",
    "/etc/passwd",
    `${root}/reference/lab-1-codec/message.ts`,
    "file:///etc/passwd",
    "koffi",
    "fast-check",
    "./not-there.ts",
  ])("holds no %s", async (path) => {
    const { result, text } = await message(`import * as all from ${JSON.stringify(path)}; export const answer = all;`);
    expect(result).toMatch(/none of the files that are graded/);
    expect(text).not.toContain("SOLUTION");
  });

  it("takes the skeleton's file for one that is missing", async () => {
    const { result } = await loaded({ "lab-1-codec/internet-checksum.ts": "export const internetChecksum = () => 0;" });
    expect(result).toBeUndefined();
  });

  it("is made all the same when a file cannot be read, which then throws", async () => {
    expect((await message("export const = ;")).result).toBe('SyntaxError: lab-1-codec/message.ts:1:14 Expected identifier but found "="');
  });

  it("is made of what can be read, when reading other files has no end, and nobody else waits for it", async () => {
    // Each of these may be an arrow function or not, which depends on what follows.
    const endless = `export const answer = ${"a ? (b) : c => (".repeat(40)}1${") : d".repeat(40)};`;
    const files = Object.fromEntries(["m", "n"].map((name) => [`lab-2-user-pool/${name}.ts`, `${endless}\n// ${name}`]));
    const spoilt = { ...files, "lab-1-codec/message.ts": 'export const answer = 1; import("#lab-2/m.ts"); import("#lab-2/n.ts");' };
    const order: string[] = [];
    const bundled = (files: Readonly<Record<string, string>>, name: string) =>
      bundleSubmission(entry, sourcesOf(memorySubmission("x", files).files).sources, { longest: 2_500, mostDeadly: 1 }).finally(() =>
        order.push(name),
      );
    const [hostile, again, honest] = await Promise.all([
      bundled(spoilt, "hostile"),
      bundled(spoilt, "hostile again"),
      bundled({ "lab-1-codec/message.ts": "export const answer = 2;" }, "honest"),
    ]);
    expect(order[0]).toBe("honest");
    expect(again).toBe(hostile);
    expect(hostile).toContain("lab-2-user-pool/m.ts cannot be read");
    expect(hostile).toContain("lab-2-user-pool/n.ts was not read");
    expect(hostile).toContain("answer=1");
    expect(honest).toContain("answer=2");
  });

  it("tells no path of the computer", async () => {
    const { text } = await message("export const answer = 1;");
    const map = Buffer.from(text.slice(text.lastIndexOf("base64,") + 7), "base64").toString("utf8");
    for (const part of [text, map]) expect(part).not.toContain(root);
    expect(JSON.parse(map)).not.toHaveProperty("sourcesContent");
  });
});
