import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { readSubmission } from "./read-submission.ts";
import { zipOf } from "./zip-writer.ts";

const lab = "labs/lab-1-codec/";
const [directoryMark, endMark] = ["PK\x01\x02", "PK\x05\x06"];

/** Where the parts of the archive begin: the first local header is at 0. */
type Places = { readonly central: number; readonly nextCentral: number; readonly end: number };

async function readArchive(bytes: Uint8Array): Promise<readonly string[]> {
  const path = join(await temporaryFolder(), "eve.zip");
  writeFileSync(path, bytes);
  const { files, refused } = await readSubmission({ id: "eve", path, given: path, revision: undefined }, undefined);
  return [
    ...files.map(({ path, content }) => `${path}: ${Buffer.from(content).toString()}`),
    ...refused.map(({ path, why }) => `${path} ${why}`),
  ];
}

function archive(spoil: (bytes: Buffer, places: Places) => void = () => undefined): Buffer {
  const bytes = zipOf(["message.ts", "another.ts"].map((name) => ({ name: `${lab}${name}`, content: name })));
  const central = bytes.indexOf(directoryMark, 0, "latin1");
  spoil(bytes, { central, nextCentral: bytes.indexOf(directoryMark, central + 4, "latin1"), end: bytes.indexOf(endMark, 0, "latin1") });
  return bytes;
}

/** The archive with the records of zip64 in it, which count more than the old one. */
function archive64(say: { readonly entries?: bigint; readonly directory?: bigint; readonly record?: bigint }): Buffer {
  let places: Places | undefined;
  const bytes = archive((_, found) => {
    places = found;
  });
  const { central = 0, end = 0 } = places ?? {};
  const record = Buffer.alloc(56);
  record.write("PK\x06\x06", "latin1");
  record.writeBigUInt64LE(44n, 4);
  for (const offset of [24, 32]) record.writeBigUInt64LE(say.entries ?? 2n, offset);
  record.writeBigUInt64LE(BigInt(end - central), 40);
  record.writeBigUInt64LE(say.directory ?? BigInt(central), 48);
  const locator = Buffer.alloc(20);
  locator.write("PK\x06\x07", "latin1");
  locator.writeBigUInt64LE(say.record ?? BigInt(end), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([bytes.subarray(0, end), record, locator, bytes.subarray(end)]);
}

const both = ["another.ts: another.ts", "message.ts: message.ts"];
const outside = "it leads to a place outside of itself";

describe("a zip archive that contradicts itself", () => {
  it.each<readonly [string, (bytes: Buffer, places: Places) => void]>([
    ["another name", (bytes) => bytes.write("MESSAGE", 30 + lab.length)],
    ["other sizes", (bytes) => bytes.fill(0xff, 18, 26)],
    ["another checksum", (bytes) => bytes.fill(0, 14, 18)],
    ["encryption", (bytes) => bytes.writeUInt16LE(1, 6)],
    ["no packing", (bytes) => bytes.writeUInt16LE(0, 8)],
    ["a descriptor after the file", (bytes) => bytes.writeUInt16LE(8, 6)],
    ["a descriptor that is not there", (bytes, { central }) => bytes.writeUInt16LE(8, central + 8)],
  ])("counts as its directory says, where a file's own header says %s", async (_, spoil) => {
    expect(await readArchive(archive(spoil))).toEqual(both);
  });

  it("loses files that share their bytes, or whose sizes are nowhere", async () => {
    expect(await readArchive(archive((bytes, { nextCentral }) => bytes.writeUInt32LE(0, nextCentral + 42)))).toEqual([
      "message.ts: message.ts",
      "lab-1-codec/another.ts is damaged: its checksum is wrong",
    ]);
    expect(await readArchive(archive((bytes, { central }) => bytes.fill(0xff, central + 20, central + 28)))).toEqual([
      "another.ts: another.ts",
      "lab-1-codec/message.ts is larger than 1 MiB",
    ]);
  });

  it("is refused as a whole when it holds less than it says", async () => {
    const spoilt = [
      archive((bytes, { end }) => bytes.writeUInt16LE(3, end + 10)),
      archive((bytes, { central }) => bytes.writeUInt32LE(0xfffffffe, central + 20)),
      archive((bytes, { end }) => bytes.writeUInt32LE(0xfffffffe, end + 16)),
      archive((bytes, { central }) => bytes.writeUInt32LE(0xfffffffe, central + 42)),
    ];
    for (const bytes of spoilt) expect((await readArchive(bytes)).join()).toMatch(/^\. is a damaged zip archive \([^,]*\)$/);
  });
});

describe("a zip archive with records of zip64", () => {
  it("is read", async () => {
    expect(await readArchive(archive64({}))).toEqual(both);
  });

  it("may lead anywhere with them, and is refused", async () => {
    for (const far of [2n ** 64n - 1n, 2n ** 63n, 2n ** 53n, 2n ** 40n, 1000n]) {
      expect(await readArchive(archive64({ record: far }))).toEqual([`. is no zip archive that can be read (${outside})`]);
      expect(await readArchive(archive64({ directory: far }))).toEqual([`. is a damaged zip archive (${outside})`]);
    }
    for (const entries of [2n ** 64n - 1n, 50_001n])
      expect(await readArchive(archive64({ entries }))).toEqual([". holds more than 50000 entries"]);
  });
});
