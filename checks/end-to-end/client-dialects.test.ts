import { describe, expect, it } from "vitest";
import { explainGiveUp } from "#server/client/explain-give-up.ts";
import { dialectOf } from "#server/client/server-dialect.ts";
import { message } from "./server-peer.ts";

const text = Buffer.from("13.8.0.2 0.0.0.0 202.38.120.242 8.8.8.8 202.106.0.20");

/** A message 101 as programs with another idea of the header write it. */
function answer(options: {
  readonly header: "5 bytes" | "length first" | "type first";
  readonly length: number;
  readonly bigEndian?: boolean;
  readonly tail?: Buffer;
}) {
  const { header, length, bigEndian = false, tail = Buffer.alloc(0) } = options;
  const bytes = Buffer.alloc(header === "5 bytes" ? 5 : 8);
  const put = (value: number, offset: number) => (bigEndian ? bytes.writeUInt32BE(value, offset) : bytes.writeUInt32LE(value, offset));
  if (header === "5 bytes") {
    put(length, 0);
    bytes.writeUInt8(101, 4);
  } else {
    put(header === "length first" ? length : 101, 0);
    put(header === "length first" ? 101 : length, 4);
  }
  return Buffer.concat([bytes, text, tail]);
}

const dialects: readonly (readonly [name: string, bytes: Buffer])[] = [
  ["messages of 4104 bytes", answer({ header: "5 bytes", length: 5 + text.length, tail: Buffer.alloc(4099 - text.length) })],
  ["messages of 4104 bytes", answer({ header: "5 bytes", length: 4104, tail: Buffer.alloc(4099 - text.length) })],
  ["network byte order (big-endian)", answer({ header: "5 bytes", length: 5 + text.length, bigEndian: true })],
  ["counts the data only, without the five bytes", answer({ header: "5 bytes", length: text.length })],
  ["data + 8", answer({ header: "5 bytes", length: text.length + 8, tail: Buffer.from([0x7f, 0x31, 0x99]) })],
  ["an 8-byte header in network byte order", answer({ header: "length first", length: text.length, bigEndian: true })],
  ["an 8-byte header in network byte order", answer({ header: "type first", length: text.length, bigEndian: true })],
];

const explain = (reason: Parameters<typeof explainGiveUp>[0], firstBytes: Uint8Array = Buffer.alloc(0)) =>
  explainGiveUp(reason, { server: "[::1]:5678", timeout: 5000, deadAfter: 60_000, firstBytes });

describe("a server of another dialect", () => {
  it.each(dialects)("with %s is named", (name, bytes) => {
    expect(dialectOf(bytes)).toContain(name);
    for (const reason of ["no-grant", "bad-message", "closed-unanswered", "no-answer"] as const) {
      const sentence = explain(reason, bytes);
      expect(sentence).toContain("another dialect of 4over6, with ");
      expect(sentence).toContain(name);
    }
  });

  it("is named also when the next message follows at once", () => {
    const next = message(103, Buffer.alloc(60, 0x45));
    for (const [name, bytes] of dialects) expect(dialectOf(Buffer.concat([bytes, next]))).toContain(name);
  });

  it("is not seen in our own", () => {
    const ours = message(101, text);
    for (const bytes of [ours, Buffer.concat([ours, message(104)]), message(104), Buffer.alloc(0), Buffer.alloc(4), Buffer.alloc(9000)])
      expect(dialectOf(bytes)).toBeUndefined();
  });

  it("is never a reason to throw", () => {
    for (let length = 0; length < 40; length++)
      for (const [, bytes] of dialects) expect(() => dialectOf(bytes.subarray(0, length))).not.toThrow();
  });
});

describe("what a client says when it gives up", () => {
  it("quotes a protocol that is text", () => {
    expect(explain("bad-message", Buffer.from("SSH-2.0-OpenSSH_9.2\r\n"))).toContain('says "SSH-2.0-OpenSSH_9.2"');
    expect(explain("bad-message", Buffer.from("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"))).toContain(
      '"HTTP/1.1 400 Bad Request"',
    );
  });

  it("shows bytes that mean nothing to it", () => {
    expect(explain("bad-message", Buffer.from([1, 2, 0xff, 0, 9]))).toContain("begins with the bytes 01 02 ff 00 09.");
  });

  it("says what may be behind silence", () => {
    expect(explain("no-answer")).toMatch(/did not answer .* within 5 s.*4104 bytes/);
    expect(explain("closed-unanswered")).toMatch(/all its addresses are lent.*Try again later/);
    expect(explain("server-silent")).toContain("no heartbeat for more than 60 s");
    expect(explain("server-closed")).toContain("closed the connection");
  });
});
