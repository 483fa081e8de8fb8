import { describe, expect, it } from "vitest";
import { daysLater, readMoment } from "./moment.ts";

const iso = (text: string, zone?: string) => readMoment(text, zone).toISOString();

describe("a moment", () => {
  it.each([
    ["2026-04-03T23:59:00+02:00", "2026-04-03T21:59:00.000Z"],
    ["2026-04-03 23:59Z", "2026-04-03T23:59:00.000Z"],
    ["2026-04-03T23:59:30.5-0530", "2026-04-04T05:29:30.000Z"],
    ["2024-02-29T00:00Z", "2024-02-29T00:00:00.000Z"],
  ])("%s is %s", (text, expected) => expect(iso(text)).toBe(expected));

  it.each([
    ["tomorrow", "is no moment; write it as 2026-04-03T23:59:00+02:00"],
    ["2026-04-03", "is no moment; write it as"],
    ["2026-02-30T12:00Z", "is no moment: there is no such day or time"],
    ["2026-04-03T24:00Z", "is no moment: there is no such day or time"],
    ["2026-04-03T23:59", "says no time zone; put one behind it"],
    ["2026-04-03T23:59+99:00", "has a time zone that is nowhere"],
  ])("%s %s", (text, message) => expect(() => readMoment(text)).toThrow(message));

  it("without a zone is what the clocks of a place show, in summer and in winter", () => {
    expect(iso("2026-01-15T23:59", "Europe/Berlin")).toBe("2026-01-15T22:59:00.000Z");
    expect(iso("2026-07-15T23:59", "Europe/Berlin")).toBe("2026-07-15T21:59:00.000Z");
    expect(iso("2026-07-15T23:59", "America/Los_Angeles")).toBe("2026-07-16T06:59:00.000Z");
    expect(iso("2026-07-15T23:59", "Asia/Kathmandu")).toBe("2026-07-15T18:14:00.000Z");
  });

  it("in the hour that comes twice is the second, and in the hour that is left out the one after", () => {
    expect(iso("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T01:30:00.000Z");
    expect(iso("2026-03-29T02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
    // An hour before and after the clocks change.
    expect(iso("2026-10-25T01:30", "Europe/Berlin")).toBe("2026-10-24T23:30:00.000Z");
    expect(iso("2026-10-25T03:30", "Europe/Berlin")).toBe("2026-10-25T02:30:00.000Z");
  });
});

it("a day later is the same time of day by the clocks of the place, or 24 hours", () => {
  const due = new Date("2026-03-28T22:59:00.250Z");
  expect(daysLater(due, 1).toISOString()).toBe("2026-03-29T22:59:00.250Z");
  expect(daysLater(due, 1, "Europe/Berlin").toISOString()).toBe("2026-03-29T21:59:00.250Z");
  expect(daysLater(due, 0, "Europe/Berlin")).toEqual(due);
});
