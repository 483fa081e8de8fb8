import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { captureNames, readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { hexdump } from "#kit/hexdump.ts";
import { root } from "#launch/root.mjs";
import { type ShownBytes, shownBytes } from "./shown-bytes.ts";

const pages = readdirSync(join(root, "docs"))
  .filter((name) => name === "protocol.md" || /^lab-\d-.*\.md$/.test(name))
  .map((name) => `docs/${name}`);

const dumpsOf = (page: string) => shownBytes(readFileSync(join(root, page), "utf8"));

/** Everything that the captures hold and a page may count offsets in: packets from each of their headers on, and the tunnel's segments. */
const places: Uint8Array[] = [];

beforeAll(async () => {
  for (const name of captureNames)
    for (const { bytes } of (await readFixture(name)).packets) {
      places.push(bytes, bytes.subarray(14));
      // Ethernet, IPv6, and a TCP header that says how long it is.
      if (bytes[12] === 0x86 && bytes[20] === 6) places.push(bytes.subarray(54 + ((bytes[66] ?? 0) >> 4) * 4));
    }
});

/** Whether the bytes stand somewhere in the captures, at the offset that the page says. */
function isCaptured({ bytes, offset }: ShownBytes): boolean {
  return places.some((place) => bytes.every((byte, index) => byte === place[offset + index]));
}

describe.skipIf(!existsSync(join(root, "docs")))("hexdumps in the handouts and the protocol", () => {
  it("are there", () => {
    expect(pages).toHaveLength(6);
    expect(pages.flatMap((page) => dumpsOf(page)).length).toBeGreaterThan(20);
  });

  it.each(pages)("stand in a capture, at that offset, and show the same characters: %s", (page) => {
    for (const dump of dumpsOf(page)) {
      expect(`line ${dump.line}: ${isCaptured(dump) ? "captured" : "in no capture"}`).toBe(`line ${dump.line}: captured`);
      const whole = Uint8Array.of(...new Uint8Array(dump.offset), ...dump.bytes);
      expect(dump.text).toEqual(hexdump(whole, dump.offset).map((line) => line.trimEnd()));
    }
  });
});

const dumpsIn = (...lines: readonly string[]) => shownBytes(["text", "```text", ...lines, "```", "0000  00   ."].join("\n"));

describe("shownBytes", () => {
  it("joins lines that follow each other", () => {
    const first = "0000  41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50   ABCDEFGHIJKLMNOP";
    const second = "0010  51                                                Q";
    expect(dumpsIn(first, second)).toEqual([
      { line: 3, offset: 0, bytes: new TextEncoder().encode("ABCDEFGHIJKLMNOPQ"), text: [first, second] },
    ]);
  });

  it("keeps others apart, also behind a name", () => {
    const dumps = dumpsIn("client   0000  05 00 00 00 64   ....d", "", "server   0000  05                   .", "a table of 0000");
    expect(dumps.map(({ line, bytes }) => [line, bytes.length])).toEqual([
      [3, 5],
      [5, 1],
    ]);
  });
});
