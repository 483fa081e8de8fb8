import { expect, it } from "vitest";
import { createSheet } from "./figures.ts";
import { figureTable, verdicts } from "./report.ts";

it("tells medians, least and most, and the ratio of the same rounds", () => {
  const sheet = createSheet();
  for (const [ours, classic] of [
    [1.2, 1.6],
    [1.3, 1.3],
    [0.9, 1.8],
  ] as const) {
    sheet.add("download CPU, s/GB", "ours", ours);
    sheet.add("download CPU, s/GB", "classic", classic);
  }
  sheet.add("upload, Mbit/s", "ours", 12_345.6);
  expect(figureTable(sheet.entries())).toEqual([
    "                                      ours           classic C      ours/classic",
    "upload, Mbit/s                       12346                   -                 -",
    "download CPU, s/GB        1.20 (0.90-1.30)    1.60 (1.30-1.80)  0.75 (0.50-1.00)",
  ]);
});

it("stays within 80 columns, with the largest values that are likely", () => {
  const sheet = createSheet();
  for (const value of [12_345, 23_456, 34_567]) {
    sheet.add("upload, Mbit/s", "ours", value);
    sheet.add("upload, Mbit/s", "classic", value * 1.01);
  }
  for (const line of figureTable(sheet.entries())) expect(line.length).toBe(80);
});

it("says whether CPU for a gigabyte is what is wanted", () => {
  const sheet = createSheet();
  sheet.add("upload CPU, s/GB", "ours", 2);
  sheet.add("upload CPU, s/GB", "classic", 2);
  sheet.add("download CPU, s/GB", "ours", 2.2);
  sheet.add("download CPU, s/GB", "classic", 2);
  sheet.add("upload, Mbit/s", "ours", 1000);
  sheet.add("upload, Mbit/s", "classic", 10);
  expect(verdicts(sheet.entries())).toEqual([
    "Wanted, upload CPU, s/GB: at most 1.00 of the classic C server's. It is 1.00: met.",
    "Wanted, download CPU, s/GB: at most 1.00 of the classic C server's. It is 1.10: NOT met.",
  ]);
});

it("says nothing of what was not measured", () => {
  const sheet = createSheet();
  sheet.add("upload CPU, s/GB", "ours", 2);
  expect(verdicts(sheet.entries())).toEqual([]);
});
