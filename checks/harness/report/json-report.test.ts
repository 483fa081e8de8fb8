import { expect, it } from "vitest";
import { everything, labResult, notStarted, result } from "./example-results.ts";
import { jsonReport } from "./json-report.ts";

it("the JSON report has sums, labs and every check's story, and is plain JSON", () => {
  const failed = result("wrong", "failed", { failure: everything, points: 3 });
  const report = JSON.parse(
    JSON.stringify(jsonReport([labResult([result("a", "passed"), failed]), labResult([notStarted], { lab: "lab-2" })])),
  );
  expect(report).toMatchObject({
    format: "4over6-lab-kit/check/v1",
    earned: 2,
    points: 7,
    labs: [
      { lab: "lab-1", earned: 2, points: 5, seed: 4006, folder: "labs/lab-1-codec", typeFaults: [] },
      { lab: "lab-2", earned: 0, points: 2 },
    ],
  });
  expect(report.labs[0].checks[1]).toEqual(JSON.parse(JSON.stringify(failed)));
  expect(report.labs[1].checks[0].status).toBe("not-started");
});

it("the JSON report of nothing is worth nothing", () => {
  expect(jsonReport([])).toEqual({ format: "4over6-lab-kit/check/v1", earned: 0, points: 0, labs: [] });
});

it("the JSON report has the story in words, where its capture is, and no packets", () => {
  const packet = { link: "raw-ip", direction: "to-lab", bytes: new Uint8Array(1000) } as const;
  const line = { at: 0, verb: "recv", words: "a packet" };
  const capture = { file: "checks/out/lab-1.wrong.pcapng", frame: 1 };
  const failure = { ...everything, story: [{ ...line, packet }], comparison: { expected: packet }, capture };
  const trace = { story: [{ ...line, packet }], timed: false, earlierRuns: 0 };
  const text = JSON.stringify(jsonReport([labResult([result("wrong", "failed", { failure, trace })])]));
  const [check] = JSON.parse(text).labs[0].checks;
  expect(check.failure.story).toEqual([line]);
  expect(check.failure.capture).toEqual(capture);
  expect(text).not.toContain('bytes":{');
  expect(check).not.toHaveProperty("trace");
  expect(check.failure).not.toHaveProperty("comparison");
});
