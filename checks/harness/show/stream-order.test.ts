import { describe, expect, it } from "vitest";
import type { TcpSegment } from "../capture/tcp-segment.ts";
import { createStreamOrder } from "./stream-order.ts";

const encoder = new TextEncoder();

function segment(sequenceNumber: number, text: string, more: Partial<TcpSegment> = {}): TcpSegment {
  return {
    sourcePort: 1,
    destinationPort: 2,
    sequenceNumber,
    acknowledgementNumber: 0,
    syn: false,
    ack: true,
    fin: false,
    rst: false,
    payload: encoder.encode(text),
    ...more,
  };
}

/** What comes out after each segment. */
function play(...segments: readonly TcpSegment[]): readonly string[] {
  const order = createStreamOrder();
  return segments.map((each) =>
    order
      .add(each)
      .map((bytes) => new TextDecoder().decode(bytes))
      .join(""),
  );
}

describe("the segments of one direction", () => {
  it("are handed on in order", () => {
    expect(play(segment(99, "", { syn: true }), segment(100, "abc"), segment(103, ""), segment(103, "de"))).toEqual(["", "abc", "", "de"]);
  });

  it("may begin anywhere", () => {
    expect(play(segment(5000, "abc"), segment(5003, "de"))).toEqual(["abc", "de"]);
  });

  it("wait for what is missing before them", () => {
    expect(play(segment(100, "a"), segment(102, "c"), segment(103, "d"), segment(101, "b"))).toEqual(["a", "", "", "bcd"]);
  });

  it("count once, however often they are sent", () => {
    expect(play(segment(100, "abc"), segment(100, "abc"), segment(101, "bcde"))).toEqual(["abc", "", "de"]);
  });

  it("go on at the end of the numbers", () => {
    expect(play(segment(0xffff_fffe, "abcd"), segment(2, "ef"), segment(0xffff_ffff, "b"))).toEqual(["abcd", "ef", ""]);
  });

  it("do not pile up behind a hole", () => {
    const late = Array.from({ length: 2000 }, (_, i) => segment(200 + i, "x"));
    expect(play(segment(100, "a"), ...late).join("")).toBe("a");
  });

  it("go on behind a hole that is filled late, and what did not wait is filled in when it is sent again", () => {
    const late = Array.from({ length: 300 }, (_, i) => segment(102 + i, "x"));
    const waited = "x".repeat(256);
    expect(play(segment(100, "a"), ...late, segment(101, "b"), ...late).join("")).toBe(`ab${waited}${"x".repeat(44)}`);
  });
});
