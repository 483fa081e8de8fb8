import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { localTime } from "#checks/harness/report/local-time.ts";
import type { LabHistory } from "./history.ts";
import { historyChart, historyRows } from "./history-lines.ts";

const style = { paint: new Chalk({ level: 0 }), width: 80 };

function history(earned: readonly number[], more: Partial<LabHistory> = {}): LabHistory {
  return {
    lab: "lab-1",
    whose: "labs/lab-1-codec",
    stretches: earned.map((each, index) => ({ at: new Date(2026, 10, 28, 10, index).getTime(), earned: each, points: 100 })),
    last: { at: new Date(2026, 10, 28, 18, 5).getTime(), passed: ["lab-1.a"], left: ["lab-1.b", "lab-1.c"], finished: false },
    ...more,
  };
}

describe("points over time", () => {
  it("are a chart of one lab, whose columns are the runs that changed them", () => {
    expect(historyChart(history([0, 12, 30, 51, 100]), style)).toEqual([
      "lab-1-codec                                                     labs/lab-1-codec",
      "",
      "   100 |                        ██████",
      "       |                        ██████",
      "       |                        ██████",
      "       |                  ████████████",
      "    50 |                  ████████████",
      "       |            ██████████████████",
      "       |            ██████████████████",
      "       |      ████████████████████████",
      "     0 +------------------------------",
      "        2026-11-28 10:00 to 2026-11-28 10:04",
      "",
      "  100/100 points; of 3 checks 1 passed",
    ]);
  });

  it("are a row of each of several labs", () => {
    const rows = historyRows([history([0, 50, 100]), history([7], { lab: "lab-5" })], style);
    expect(rows).toEqual([
      "  lab-1-codec          ▁▄█                   100/100            2026-11-28 18:05",
      "  lab-5-arp-interface  ▁                     7/100              2026-11-28 18:05",
    ]);
  });

  it.each([1, 2, 15, 300])("fit 80 columns, however many runs there were: %i", (runs) => {
    const long = history(
      Array.from({ length: runs }, (_, index) => (index * 37) % 101),
      { whose: "/home/somebody/".repeat(8) },
    );
    const lines = [...historyChart(long, style), ...historyRows([long], style)].flatMap((line) => line.split("\n"));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.length).toBeGreaterThan(10);
  });

  it("of a lab without points are shown too", () => {
    const none = history([0], { stretches: [{ at: 0, earned: 0, points: 0 }] });
    expect(historyRows([none], style)[0]).toContain("0/0");
  });
});

it("a moment is told by the user's own clock", () => {
  expect(localTime(new Date(2026, 0, 2, 3, 4).getTime())).toBe("2026-01-02 03:04");
});
