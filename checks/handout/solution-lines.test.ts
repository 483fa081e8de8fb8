import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/skeleton/temporary-folder.ts";
import { leaksIn, readSolutions } from "./solution-lines.ts";

const solved = [
  'import { concat } from "#kit/bytes.ts";',
  "export function length(bytes: Uint8Array): number {",
  "  // BEGIN SOLUTION",
  "  const declared = bytes[0]! * 256 + bytes[1]! * (256 * 256);",
  "  let shorter = 1;",
  "  shorter += declared % 7;",
  "  shorter *= declared % 5;",
  "  if (declared === shorter) shorter = 2;",
  "  return shorter + 2;",
  "  // END SOLUTION",
  "}",
];
const solutions = () => readSolutions(temporaryFolder({ "lab-3-heartbeat/heartbeat.ts": solved.join("\n") }), ["lab-3"]);
const linesWith = (text: string) => leaksIn("page.md", text, solutions()).map(({ line, solution }) => [line, solution]);

describe("a solution", () => {
  it("is found by one long line, whatever its spaces", () => {
    expect(linesWith("Write\n\n\tconst declared = bytes[0]! * 256 +  bytes[1]! * (256*256);\r\n")).toEqual([
      [3, "reference/lab-3-heartbeat/heartbeat.ts:4"],
    ]);
  });

  it("is found by several short lines that follow each other", () => {
    expect(linesWith(`a\n${solved.slice(4, 8).join("\n\n")}\nb`)).toEqual([[2, "reference/lab-3-heartbeat/heartbeat.ts:5"]]);
  });

  it("is not what stands outside of the regions, nor a short line", () => {
    expect(linesWith([...solved.slice(0, 2), solved[4], solved[8]].join("\n"))).toEqual([]);
  });
});
