import { describe, expect, it } from "vitest";
import { forTerminal } from "#server/log.ts";

const line = (fields: object) => forTerminal(JSON.stringify({ level: "info", time: "2026-01-02T03:04:05.678Z", ...fields, msg: "closed" }));

describe("a line of the log on a terminal", () => {
  it("has the time of day, the level, what happened, and the details in words", () => {
    const details = { session: 3, peer: "[::1]:5", fromClient: { packets: 1, bytes: 84 }, servers: ["9.9.9.9", "1.1.1.1"] };
    expect(line(details)).toMatch(
      /^\d\d:\d\d:\d\d info {2}closed {2}session 3, peer \[::1\]:5, fromClient packets 1 bytes 84, servers 9\.9\.9\.9 1\.1\.1\.1\n$/,
    );
  });

  it("shows a note as it is", () => {
    expect(line({ note: "a sentence" })).toMatch(/ closed {2}a sentence\n$/);
  });

  it("is short when there is nothing more to tell", () => {
    expect(line({})).toMatch(/^[\d:]+ info {2}closed\n$/);
  });
});
