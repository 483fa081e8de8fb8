import { describe, expect, it } from "vitest";
import { concat, fromHex } from "#kit/bytes.ts";
import { createMessageSplitter, type StreamEvent } from "./message-splitter.ts";

const request = fromHex("0500000064");
const heartbeat = fromHex("0500000068");
const upload = fromHex("0700000066 4500");

function split(...chunks: readonly Uint8Array[]): readonly StreamEvent[] {
  const splitter = createMessageSplitter();
  return chunks.flatMap((chunk) => splitter.add(chunk));
}

const types = (events: readonly StreamEvent[]) => events.map((event) => (event.kind === "message" ? event.type : "error"));

describe("a 4over6 stream", () => {
  it("is split into its messages, however it is cut", () => {
    const stream = concat(request, upload, heartbeat);
    for (let cut = 0; cut <= stream.length; cut++)
      expect(split(stream.slice(0, cut), stream.slice(cut))).toEqual([
        { kind: "message", type: 100, data: new Uint8Array() },
        { kind: "message", type: 102, data: fromHex("4500") },
        { kind: "message", type: 104, data: new Uint8Array() },
      ]);
  });

  it("says how much of a message has come", () => {
    const splitter = createMessageSplitter();
    splitter.add(concat(request, upload.slice(0, 6)));
    expect(splitter.waiting()).toBe(6);
    splitter.add(upload.slice(6));
    expect(splitter.waiting()).toBe(0);
  });

  it("takes what the protocol tolerates: a 100 or 104 that says 0 to 4, and unknown types", () => {
    expect(types(split(fromHex("0000000064 0400000068 06000000c8ff 0500000064")))).toEqual([100, 104, 200, 100]);
  });

  it.each([
    ["0000000066", 102, 0],
    ["0400000065", 101, 4],
    ["0610000066", 102, 4102],
    ["ffffffff64", 100, 0xffff_ffff],
    ["0000000564", 100, 0x0500_0000],
  ])("ends at a header that cannot be: %s", (hex, type, length) => {
    const splitter = createMessageSplitter();
    expect(splitter.add(concat(heartbeat, fromHex(hex), request))).toEqual([
      { kind: "message", type: 104, data: new Uint8Array() },
      { kind: "error", type, length },
    ]);
    expect(splitter.isLost()).toBe(true);
    expect(splitter.add(request)).toEqual([]);
    expect(splitter.waiting()).toBe(0);
  });

  it("takes the longest message of a classic peer", () => {
    expect(types(split(concat(fromHex("0510000066"), new Uint8Array(4096)), request))).toEqual([102, 100]);
  });
});
