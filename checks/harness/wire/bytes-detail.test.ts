import { describe, expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { bytesDetail } from "./bytes-detail.ts";
import { ipv4Layout } from "./layouts.ts";

const counted = (length: number) => Uint8Array.from({ length }, (_, i) => i & 0xff);
const texts = (actual: Uint8Array, expected: Uint8Array) => bytesDetail(actual, expected).map(({ text }) => text);

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = 0xee;
  return copy;
}

describe("bytesDetail", () => {
  it("shows the line of the first difference, the ones around it, and a mark below the byte", () => {
    expect(texts(changed(counted(200), 75), counted(200))).toEqual([
      "first difference at byte 75",
      "expected",
      "  0030  30 31 32 33 34 35 36 37  38 39 3a 3b 3c 3d 3e 3f   0123456789:;<=>?",
      "  0040  40 41 42 43 44 45 46 47  48 49 4a 4b 4c 4d 4e 4f   @ABCDEFGHIJKLMNO",
      "                                          ^^",
      "  0050  50 51 52 53 54 55 56 57  58 59 5a 5b 5c 5d 5e 5f   PQRSTUVWXYZ[\\]^_",
      "got",
      "  0030  30 31 32 33 34 35 36 37  38 39 3a 3b 3c 3d 3e 3f   0123456789:;<=>?",
      "  0040  40 41 42 43 44 45 46 47  48 49 4a ee 4c 4d 4e 4f   @ABCDEFGHIJ.LMNO",
      "                                          ^^",
      "  0050  50 51 52 53 54 55 56 57  58 59 5a 5b 5c 5d 5e 5f   PQRSTUVWXYZ[\\]^_",
    ]);
  });

  it.each([0, 7, 8, 15, 16, 31, 65_535, 65_536, 70_000])("marks byte %d where the dump has it", (at) => {
    const lines = texts(changed(new Uint8Array(70_001), at), new Uint8Array(70_001));
    const mark = lines.findLastIndex((line) => line.trim() === "^^");
    expect(lines[mark - 1]?.slice(lines[mark]?.indexOf("^"), (lines[mark]?.indexOf("^") ?? 0) + 2)).toBe("ee");
    expect(lines.every((line) => line.length <= 76)).toBe(true);
    expect(lines.length).toBeLessThanOrEqual(11);
  });

  it("says where the shorter of two ends", () => {
    expect(texts(counted(2), counted(3))).toEqual([
      "length: expected 3 bytes, got 2",
      "first difference at byte 2",
      "expected",
      "  0000  00 01 02                                           ...",
      "              ^^",
      "got",
      "  0000  00 01                                              ..",
      "  it ends after 2 bytes",
    ]);
    expect(texts(new Uint8Array(), counted(1)).slice(-2)).toEqual(["got", "  it ends after 0 bytes"]);
  });

  it("names the field that is wrong, not another one that shares its byte", () => {
    const right = fromHex("4500 0014 0000 0000 4001 0000 0a000001 0a000002");
    const detail = bytesDetail(changed(right, 0), right, ipv4Layout);
    expect(detail.slice(0, 3).map(({ text }) => text)).toEqual(["IPv4.version   RFC 791 section 3.1", "expected  4", "got       14"]);
    const wrong = Uint8Array.from(right);
    wrong[0] = 0x46;
    expect(bytesDetail(wrong, right, ipv4Layout)[0]?.text).toBe("IPv4.headerLength   RFC 791 section 3.1");
  });

  it("names no field where there is none, and none without a layout", () => {
    const right = fromHex("4500 0014 0000 0000 4001 0000 0a000001 0a000002");
    expect(bytesDetail(right.slice(0, 12), right, ipv4Layout)[1]?.text).toBe("first difference at byte 12");
    expect(bytesDetail(changed(right, 0), right)[0]?.text).toBe("first difference at byte 0");
  });
});
