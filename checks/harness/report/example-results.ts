import { bytesDetail } from "#checks/harness/wire/bytes-detail.ts";
import { describeBytes } from "#checks/harness/wire/describe-bytes.ts";
import { ipv4Layout } from "#checks/harness/wire/layouts.ts";
import type { CheckResult, FailureReport, LabResult } from "../check-result.ts";

/** Results for the tests of the reports. */
export function result(name: string, status: CheckResult["status"], more: Partial<CheckResult> = {}): CheckResult {
  const points = more.points ?? 2;
  return {
    id: `lab-1.${name}`,
    title: "A message is delivered with its last byte",
    rule: "docs/protocol.md#framing",
    status,
    points,
    earned: status === "passed" ? points : 0,
    ...more,
  };
}

export function labResult(checks: readonly CheckResult[], more: Partial<LabResult> = {}): LabResult {
  return {
    lab: "lab-1",
    title: "codec",
    handout: "docs/lab-1-codec.md",
    folder: "labs/lab-1-codec",
    typeFaults: [],
    seed: 4006,
    checks,
    ...more,
  };
}

export const notStarted = result("encode", "not-started", {
  missing: "lab-1 message: encode is not implemented yet; docs/lab-1-codec.md#messages explains it.",
});

const packet = Uint8Array.from({ length: 70_000 }, (_, i) => i & 0xff);

/** A failure with everything that may be in one, and all of it as long and as strange as it comes. */
export const everything: FailureReport = {
  story: [
    { at: 0, verb: "recv", words: "a packet ".repeat(30) },
    { at: 3_600_000_000, verb: "a-long-verb-indeed", words: "tab\there\nand \u001b[31mcolours\u001b[0m 加油".repeat(10) },
  ],
  at: 3_600_000_000,
  headline: `the decoder threw ${"加油".repeat(60)} and then ${"x".repeat(200)}`,
  detail: [
    { kind: "expected", text: `expected  ${"word ".repeat(60)}` },
    { kind: "got", text: `got       ${"y".repeat(300)}` },
    { kind: "got", text: "RangeError: first line\n  second line\n\u001b[2Jthird" },
    { kind: "note", text: "at lab-1-codec/message.ts:1:2 f" },
    ...bytesDetail(new Uint8Array(70_000), packet, ipv4Layout),
    ...bytesDetail(packet.slice(0, 69_999), packet, ipv4Layout),
    ...describeBytes(packet, ipv4Layout).map((text) => ({ kind: "bytes", text }) as const),
  ],
};
