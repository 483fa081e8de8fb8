import { chmod, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { concat, fromHex } from "#kit/bytes.ts";
import { CaptureError } from "./capture-error.ts";
import { type MadeUpFile, pcapFile } from "./made-up-capture.ts";
import { parseCapture, readCapture } from "./pcap-file.ts";

const text = (words: string) => new TextEncoder().encode(words);

const records = [
  { seconds: 1_000_000_000, microseconds: 999_999, bytes: text("first") },
  { seconds: 1_000_000_001, microseconds: 1, bytes: text(""), originalLength: 60 },
  { seconds: 1_000_000_000, microseconds: 999_990, bytes: text("recorded late"), originalLength: 1500 },
];

/** A file of one record of four bytes whose record header says it has `length`. */
function claiming(length: number, snapshotLength: number): Uint8Array {
  const file = pcapFile({ snapshotLength, records: [{ bytes: text("four") }] });
  new DataView(file.buffer).setUint32(24 + 8, length, true);
  return file;
}

const made = (file: MadeUpFile) => pcapFile({ records, ...file });

describe("a capture", () => {
  it.each([
    ["little-endian", true],
    ["big-endian", false],
  ])("of %s byte order is read", (_, littleEndian) => {
    expect(parseCapture(pcapFile({ littleEndian, records }), "made-up")).toStrictEqual({
      linkType: "ethernet",
      startMicroseconds: 1_000_000_000_999_999,
      packets: [
        { atMicroseconds: 0, bytes: text("first"), originalLength: 5 },
        { atMicroseconds: 2, bytes: text(""), originalLength: 60 },
        { atMicroseconds: -9, bytes: text("recorded late"), originalLength: 1500 },
      ],
    });
  });

  it("may be of raw IP", () => {
    expect(parseCapture(pcapFile({ linkNumber: 101, records }), "made-up").linkType).toBe("raw-ip");
  });

  it("may hold no packet", () => {
    expect(parseCapture(pcapFile({}), "made-up")).toStrictEqual({ linkType: "ethernet", startMicroseconds: 0, packets: [] });
  });

  it.each([0, 13, 2 ** 32 - 1])("may have the snapshot length %d", (snapshotLength) => {
    expect(parseCapture(pcapFile({ snapshotLength, records }), "made-up").packets).toHaveLength(3);
  });

  it("may lie anywhere in a buffer", () => {
    const buffer = concat(text("before"), pcapFile({ records }), text("behind"));
    expect(parseCapture(buffer.subarray(6, -6), "made-up").packets).toHaveLength(3);
  });

  it("shares no bytes with its file", () => {
    const file = pcapFile({ records });
    const { packets } = parseCapture(file, "made-up");
    file.fill(0xa5);
    expect(packets[0]?.bytes).toStrictEqual(text("first"));
  });

  it("is refused wherever it is cut, unless the cut is between two records", () => {
    const file = pcapFile({ records });
    const between = new Map([
      [24, 0],
      [24 + 21, 1],
      [24 + 21 + 16, 2],
    ]);
    for (let length = 0; length < file.length; length += 1) {
      const cut = file.subarray(0, length);
      const packets = between.get(length);
      if (packets === undefined) expect(() => parseCapture(cut, "made-up"), `${length} bytes`).toThrow(CaptureError);
      else expect(parseCapture(cut, "made-up").packets, `${length} bytes`).toHaveLength(packets);
    }
  });
});

describe("what is no such capture is refused in one sentence", () => {
  const cases: readonly (readonly [bytes: Uint8Array, sentence: string])[] = [
    [text(""), "x.pcap is empty; copy it again."],
    [text("x"), "x.pcap ends after 1 byte, within the 24 of its header; copy it again."],
    [made({}).subarray(0, 23), "x.pcap ends after 23 bytes, within the 24 of its header; copy it again."],
    [text("GET / HTTP/1.1"), "x.pcap is not a pcap file: it begins with the bytes 47 45 54 20; give a capture."],
    [fromHex("0a0d0d0a"), "x.pcap is a pcapng file; convert it with: editcap -F pcap OLD NEW"],
    [made({ magicNumber: 0x0a0d0d0a }), "x.pcap is a pcapng file; convert it with: editcap -F pcap OLD NEW"],
    [made({ magicNumber: 0xa1b23c4d }), "x.pcap has timestamps in nanoseconds; convert it with: editcap -F pcap OLD NEW"],
    [
      made({ magicNumber: 0xa1b23c4d, littleEndian: false }),
      "x.pcap has timestamps in nanoseconds; convert it with: editcap -F pcap OLD NEW",
    ],
    [made({ magicNumber: 0xa1b2cd34 }), "x.pcap is a modified pcap file of an old Linux; convert it with: editcap -F pcap OLD NEW"],
    [
      made({ magicNumber: 0xa1b2cd34, littleEndian: false }),
      "x.pcap is a modified pcap file of an old Linux; convert it with: editcap -F pcap OLD NEW",
    ],
    [made({ version: [3, 4] }), "x.pcap says it is pcap version 3.4, and only 2.4 is read; record it again."],
    [made({ version: [2, 3] }), "x.pcap says it is pcap version 2.3, and only 2.4 is read; record it again."],
    [
      made({ linkNumber: 113 }),
      'x.pcap has link type 113, and only Ethernet (1) and raw IP (101) are read; record on one interface (not "any").',
    ],
    [
      claiming(129, 128),
      "x.pcap: packet 1, whose record begins at byte 24, claims 129 bytes, and the file allows 128; the file is damaged, copy it again.",
    ],
    [
      claiming(2 ** 32 - 1, 0),
      "x.pcap: packet 1, whose record begins at byte 24, claims 4294967295 bytes, and the file allows 262144; the file is damaged, copy it again.",
    ],
    [
      claiming(262_145, 2 ** 32 - 1),
      "x.pcap: packet 1, whose record begins at byte 24, claims 262145 bytes, and the file allows 262144; the file is damaged, copy it again.",
    ],
    [
      claiming(5, 128),
      "x.pcap: packet 1, whose record begins at byte 24, is cut: 5 bytes are announced and 4 are there; copy the file again.",
    ],
    [
      made({}).subarray(0, -1),
      "x.pcap: packet 3, whose record begins at byte 61, is cut: 13 bytes are announced and 12 are there; copy the file again.",
    ],
    [
      made({}).subarray(0, 24 + 21 + 15),
      "x.pcap: packet 2, whose record begins at byte 45, is cut in its record header, where the file ends; copy the file again.",
    ],
    [
      pcapFile({ records: [{ microseconds: 1_000_000, bytes: text("") }] }),
      "x.pcap: packet 1, whose record begins at byte 24, is stamped 1000000 microseconds past a second; the file is damaged, copy it again.",
    ],
    [
      new Uint8Array(256 * 1024 * 1024 + 1),
      "x.pcap has 268435457 bytes, more than the 268435456 that are read; split it with: editcap -c 10000 OLD NEW",
    ],
  ];

  it.each(cases.map(([bytes, sentence]) => ({ bytes, sentence })))("$sentence", ({ bytes, sentence }) => {
    expect(() => parseCapture(bytes, "x.pcap")).toThrow(new CaptureError(sentence));
  });

  it("of more packets than fit in memory", () => {
    const file = concat(made({}).subarray(0, 24), new Uint8Array(16 * 1_000_001));
    expect(() => parseCapture(file, "x.pcap")).toThrow(
      "x.pcap holds more than the 1000000 packets that are read; split it with: editcap -c 10000 OLD NEW",
    );
  });

  it("in either byte order", () => {
    const big = pcapFile({ littleEndian: false, records }).subarray(0, -1);
    expect(() => parseCapture(big, "x.pcap")).toThrow(/packet 3.* is cut: 13 bytes are announced and 12 are there/);
  });
});

describe("a capture file", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pcap-file-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is read", async () => {
    const path = join(folder, "good.pcap");
    await writeFile(path, pcapFile({ records }));
    expect(await readCapture(path)).toStrictEqual(parseCapture(pcapFile({ records }), path));
  });

  it("that is damaged is refused by its name", async () => {
    const path = join(folder, "empty.pcap");
    await writeFile(path, "");
    await expect(readCapture(path)).rejects.toThrow(new CaptureError(`${path} is empty; copy it again.`));
  });

  it("that does not exist is refused", async () => {
    const path = join(folder, "missing.pcap");
    await expect(readCapture(path)).rejects.toThrow(new CaptureError(`There is no file ${path}; check the name.`));
  });

  it("whose folder is a file is refused", async () => {
    const path = join(folder, "file", "missing.pcap");
    await writeFile(join(folder, "file"), "");
    await expect(readCapture(path)).rejects.toThrow(new CaptureError(`There is no file ${path}; check the name.`));
  });

  it("that is a folder is refused", async () => {
    await expect(readCapture(folder)).rejects.toThrow(new CaptureError(`${folder} is not a file; give a pcap file.`));
  });

  it("that the system cannot name is refused", async () => {
    const path = join(folder, "x".repeat(5000));
    await expect(readCapture(path)).rejects.toThrow(
      new CaptureError(`${path} cannot be read (ENAMETOOLONG); check the disk and the name.`),
    );
  });

  it("over 256 MiB is refused without being read", async () => {
    const path = join(folder, "large.pcap");
    await writeFile(path, "");
    await truncate(path, 2 ** 40);
    await expect(readCapture(path)).rejects.toThrow(/has 1099511627776 bytes, more than the 268435456 that are read/);
  });

  it("that may not be read is refused", async (context) => {
    if (process.getuid?.() === 0) context.skip("the superuser may read every file");
    const path = join(folder, "secret.pcap");
    await writeFile(path, pcapFile({ records }));
    await chmod(path, 0);
    await expect(readCapture(path)).rejects.toThrow(new CaptureError(`${path} may not be read; check its permissions.`));
  });
});
