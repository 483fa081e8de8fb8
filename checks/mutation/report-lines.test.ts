import { describe, expect, it } from "vitest";
import { columnsOf } from "#checks/harness/report/columns.ts";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { type Equivalent, explain } from "./equivalents/equivalent.ts";
import { exampleMutant, fault, ignored, killed, stopped, survived } from "./example-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { isWell, reportLines } from "./report-lines.ts";

const style = { ...terminalStyle(false), width: 80 };
const report = (mutants: readonly Mutant[], list: readonly Equivalent[] = []) =>
  reportLines("lab-4", mutants, explain(mutants, list), style).join("\n");
const many = (count: number, mutant: Mutant) => Array.from({ length: count }, () => mutant);

const survivor = exampleMutant(survived);
const { line: _line, verdict: _verdict, ...about } = survivor;
const entry: Equivalent = { ...about, reason: "a connection is never that old, and if it were, then nobody would see it from the outside" };

describe("the report of a lab", () => {
  it("counts by file and in all, the shell apart, and tells survivors", () => {
    const mutants = [
      ...many(38, exampleMutant(killed)),
      exampleMutant(stopped),
      survivor,
      exampleMutant(ignored),
      exampleMutant(killed, { file: "packet-header.ts" }),
      exampleMutant(survived, { file: "run-server.ts", line: 12, context: "stop();", original: "stop();", replacement: ";" }),
    ];
    expect(report(mutants, [entry])).toBe(
      `
lab-4  reference/lab-4-tun-server

  file                           mutants    killed explained       not    score
  server-core.ts                      40        39         1         0   97.5 %
  packet-header.ts                     1         1         0         0    100 %
  core                                41        40         1         0   97.5 %
  run-server.ts (shell)                1         0         0         1      0 %

  Unexplained survivors: a check is missing, or a reason
    run-server.ts:12  EqualityOperator
      stop();
      stop(); -> ;

  Survivors that are equivalent, or free by the rules
    server-core.ts:7  EqualityOperator
      if (waited > deadAfter) close();
      waited > deadAfter -> waited >= deadAfter
      why: a connection is never that old, and if it were, then nobody would see
          it from the outside

  1 of the killed did not end, or took the thread down.
  1 were not tried: the words of an error are free.
x   score 97.5 %, at least 95 % wanted; 1 unexplained`.slice(1),
    );
  });

  it("says which reasons are not needed any more, and over what the kit stumbled", () => {
    expect(report([exampleMutant(killed)], [entry])).toContain(
      "Reasons without a survivor: remove them\n    server-core.ts  EqualityOperator",
    );
    expect(report([exampleMutant(fault)], [entry])).toContain("why: the kit stumbled: a check threw");
  });

  it("fits the terminal, whatever stands in the source", () => {
    const long = "const x = [1, 2, 3].map((each) => each * each).filter((each) => each > 4).reduce((a, b) => a + b, 0);";
    for (const line of report([exampleMutant(survived, { context: long, original: "y".repeat(60) })]).split("\n"))
      expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });
});

describe("a lab is well", () => {
  it.each([
    ["all is killed", many(3, exampleMutant(killed)), [], true],
    ["what survives has a reason", [...many(19, exampleMutant(killed)), survivor], [entry], true],
    ["one survives without", [...many(99, exampleMutant(killed)), survivor], [], false],
    ["too many survive for a reason", [...many(18, exampleMutant(killed)), survivor], [entry], false],
    ["the kit stumbled", [...many(99, exampleMutant(killed)), exampleMutant(fault)], [], false],
  ] as const)("when %s: or not", (_name, mutants, list, well) => {
    expect(isWell(mutants, explain(mutants, list))).toBe(well);
  });
});
