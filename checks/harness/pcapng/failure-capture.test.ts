import { describe, expect, it } from "vitest";
import type { FailureReport } from "../check-result.ts";
import { result } from "../report/example-results.ts";
import type { Comparison, StoryLine } from "../story.ts";
import type { ToldPacket } from "../story-packet.ts";
import { failureCapture } from "./failure-capture.ts";
import { parsePcapng } from "./parse-pcapng.ts";

const frame = (last: number, direction: ToldPacket["direction"] = "to-lab"): ToldPacket => ({
  link: "ethernet",
  direction,
  bytes: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 6, last),
});

const message = (length: number): ToldPacket => ({
  link: "four-over-six",
  direction: "from-lab",
  bytes: Uint8Array.of(length, 0, 0, 0, 100),
});

const story: readonly StoryLine[] = [
  { at: 0, verb: "interface", words: "10.0.0.1" },
  { at: 0, verb: "recv", words: "one", packet: frame(1) },
  { at: 5000, verb: "tick", words: "2500 ms" },
  { at: 5000, verb: "tick", words: "2500 ms" },
  { at: 5000, verb: "sent", words: "two", packet: frame(2, "from-lab") },
  { at: 5000, verb: "sent", words: "three", packet: frame(3, "from-lab") },
];

function capture(comparison: Comparison, more: Partial<FailureReport> = {}) {
  const failure = { story, at: 5000, headline: "it is wrong", detail: [], comparison, ...more };
  const found = failureCapture(result("x", "failed", { failure }));
  if (found === undefined) return undefined;
  return { ...parsePcapng(found.bytes, "x"), frame: found.frame };
}

describe("the capture of a failure", () => {
  it("says what it is of, and no more", () => {
    const { application, comment } = capture({}) ?? {};
    expect(application).toBe("4over6-lab-kit");
    expect(comment).toBe("lab-1.x: A message is delivered with its last byte (docs/protocol.md#framing)");
  });

  it("holds the story's packets at their times, each with its step and what was before it", () => {
    const { packets } = capture({}) ?? {};
    expect(packets?.map(({ atMicroseconds, bytes, interfaceName }) => [interfaceName, atMicroseconds, bytes.at(-1)])).toEqual([
      ["link", 0, 1],
      ["link", 5_000_000, 2],
      ["link", 5_000_000, 3],
    ]);
    expect(packets?.[0]?.comment).toBe("recv, t=0.000 s: one\nbefore: interface 10.0.0.1");
    expect(packets?.[1]?.comment).toBe("sent, t=5.000 s: two\nbefore: tick 2500 ms, 2 times");
  });

  it("has no clock where the story has none", () => {
    expect(capture({}, { at: undefined })?.packets[0]?.comment).toMatch(/^recv: one\n/);
  });

  it("tells the failure at the packet that came, and shows behind it the one that should have", () => {
    const found = capture({ expected: frame(9, "from-lab"), got: frame(2, "from-lab"), gotLine: 4 });
    expect(found?.frame).toBe(2);
    expect(found?.packets.map(({ interfaceName, bytes }) => [interfaceName, bytes.at(-1)])).toEqual([
      ["link", 1],
      ["link", 2],
      ["link-expected", 9],
      ["link", 3],
    ]);
    expect(found?.packets[1]?.comment).toMatch(/^got: it is wrong\nsent, t=5\.000 s: two\n/);
    expect(found?.packets[2]?.comment).toBe("expected: this, which was never sent, in place of the frame before");
    expect(found?.packets[3]?.comment).toBe("sent, t=5.000 s: three");
  });

  it("shows at the end what is missing", () => {
    const found = capture({ expected: frame(9, "from-lab") });
    expect(found?.frame).toBe(4);
    expect(found?.packets[3]).toMatchObject({
      interfaceName: "link-expected",
      atMicroseconds: 5_000_000,
      comment: "missing: expected frame stands here\nit is wrong",
    });
  });

  it("shows bytes that no line tells of", () => {
    const found = capture({ expected: message(5), got: message(0) }, { story: [] });
    expect(found?.frame).toBe(1);
    expect(found?.packets.map(({ interfaceName, link, bytes }) => [interfaceName, link, bytes.at(-5)])).toEqual([
      ["tunnel", "ethernet", 0],
      ["tunnel-expected", "ethernet", 5],
    ]);
    expect(found?.packets[0]?.comment).toBe("got: it is wrong");
  });

  it("tells a failure that is about no packet at the last one, with both sides in words, and without hexdumps", () => {
    const detail = [
      { kind: "expected", text: "expected  close client 1" },
      { kind: "got", text: "got       nothing" },
      { kind: "expected", text: "expected" },
      { kind: "expected", text: "  0000  00 11" },
      { kind: "note", text: "at lab-4/x.ts" },
    ] as const;
    const found = capture({}, { detail });
    expect(found?.frame).toBe(3);
    expect(found?.packets[2]?.comment).toBe("sent, t=5.000 s: three\nafter this: it is wrong\nexpected: close client 1\ngot: nothing");
  });

  it("is none where nothing can be shown", () => {
    expect(capture({}, { story: story.filter(({ packet }) => packet === undefined) })).toBeUndefined();
    expect(failureCapture(result("x", "endless"))).toBeUndefined();
  });

  it("names the first frame of a message that takes several", () => {
    const long: ToldPacket = { link: "four-over-six", direction: "to-lab", bytes: new Uint8Array(70_000) };
    const found = capture(
      { got: frame(2), gotLine: 1 },
      {
        story: [
          { at: 0, verb: "recv", words: "long", packet: long },
          { at: 0, verb: "sent", words: "wrong", packet: frame(2) },
        ],
      },
    );
    expect(found?.packets.map(({ comment }) => comment.split("\n")[0])).toEqual(["recv, t=0.000 s: long", "", "got: it is wrong"]);
    expect(found?.frame).toBe(3);
  });
});
