import { describe, expect, it } from "vitest";
import { concat, fromHex } from "#kit/bytes.ts";
import { CaptureError } from "./capture-error.ts";
import { splitMessages } from "./four-over-six.ts";
import type { TcpStream } from "./tcp-reassembly.ts";

const request = fromHex("05000000 64");
const response = fromHex("06000000 65 31");
const heartbeat = fromHex("05000000 68");
const packet = fromHex("45000015 00000000 40010000 0d080002 c6336402 ff");
const upload = concat(fromHex("1a000000 66"), packet);
const download = concat(fromHex("1a000000 67"), packet);

/** A stream that arrived in pieces of these lengths, one every ten microseconds. */
function stream(bytes: Uint8Array, lengths: readonly number[] = [bytes.length]): TcpStream {
  let offset = 0;
  const segments = lengths.map((length, index) => {
    offset += length;
    return { atMicroseconds: index * 10, bytes: bytes.slice(offset - length, offset) };
  });
  return { bytes, segments };
}

describe("a captured tunnel stream", () => {
  it("is split into its messages", () => {
    expect(splitMessages(stream(concat(request, response, upload, download, heartbeat)))).toStrictEqual([
      { length: 5, type: 100, data: fromHex(""), atMicroseconds: 0 },
      { length: 6, type: 101, data: fromHex("31"), atMicroseconds: 0 },
      { length: 26, type: 102, data: packet, atMicroseconds: 0 },
      { length: 26, type: 103, data: packet, atMicroseconds: 0 },
      { length: 5, type: 104, data: fromHex(""), atMicroseconds: 0 },
    ]);
  });

  it("tells when each message was whole", () => {
    const bytes = concat(request, heartbeat, upload, heartbeat, heartbeat);
    const times = (lengths: readonly number[]) => splitMessages(stream(bytes, lengths)).map(({ atMicroseconds }) => atMicroseconds);
    expect(times([5, 5, 26, 5, 5])).toStrictEqual([0, 10, 20, 30, 40]);
    expect(times([4, 1, 6, 24, 11])).toStrictEqual([10, 20, 40, 40, 40]);
    expect(times([9, 1, 36])).toStrictEqual([0, 10, 20, 20, 20]);
  });

  it("may be empty", () => {
    expect(splitMessages(stream(fromHex(""), []))).toStrictEqual([]);
  });

  it.each([
    ["The message at byte 5 claims 4 bytes, and 5 are left; this is no 4over6 stream.", fromHex("04000000 68")],
    ["The message at byte 5 claims 0 bytes, and 5 are left; this is no 4over6 stream.", fromHex("00000000 68")],
    ["The message at byte 5 claims 6 bytes, and 5 are left; this is no 4over6 stream.", fromHex("06000000 68")],
    ["The message at byte 5 claims 4294967295 bytes, and 5 are left; this is no 4over6 stream.", fromHex("ffffffff 68")],
    ["The message at byte 5 is of type 99, which 4over6 does not have.", fromHex("05000000 63")],
    ["The message at byte 5 is of type 105, which 4over6 does not have.", fromHex("05000000 69")],
    ["The message at byte 5 is a 100 with 1 byte of data that does not belong there.", fromHex("06000000 64 00")],
    ["The message at byte 5 is a 101 with 0 bytes of data that do not belong there.", fromHex("05000000 65")],
    ["The message at byte 5 is a 104 with 1 byte of data that does not belong there.", fromHex("06000000 68 00")],
    ["The message at byte 5 is a 102 with 0 bytes of data that do not belong there.", fromHex("05000000 66")],
    [
      "The message at byte 5 is a 102 with 22 bytes of data that do not belong there.",
      concat(fromHex("1b000000 66"), packet, fromHex("00")),
    ],
    [
      "The message at byte 5 is a 103 with 20 bytes of data that do not belong there.",
      concat(fromHex("19000000 67"), packet.subarray(0, 20)),
    ],
    [
      "The message at byte 5 is a 103 with 21 bytes of data that do not belong there.",
      concat(fromHex("1a000000 67 65"), packet.subarray(1)),
    ],
    [
      "A packet ends after 4 of the 5 bytes of its message header at byte 5 of the stream; record whole packets (tcpdump -s 0).",
      fromHex("05000000"),
    ],
  ])("%s", (sentence, bytes) => {
    expect(() => splitMessages(stream(concat(heartbeat, bytes)))).toThrow(new CaptureError(sentence));
  });
});
