import { describe, expect, it } from "vitest";
import type { Call, Channel, Outcome } from "./channel.ts";
import { mirror, NotStarted, SubjectThrew, SubjectUnusable } from "./subject.ts";

type Pool = { readonly take: () => number };
type Lab = {
  readonly checksum: (bytes: Uint8Array) => number;
  readonly codec: { readonly parse: (bytes: Uint8Array) => { readonly ok: boolean } };
  readonly createPool: (options: { readonly size: number }) => Pool;
  readonly createTable: (pool: Pool, options: { readonly second: Pool }) => { readonly open: (name: string) => string };
};

const shape = {
  checksum: "call",
  codec: { parse: "call" },
  createPool: { makes: { take: "call" } },
  createTable: { makes: { open: "call" } },
} as const;

/** A mirror whose lab gives these answers, and the calls that reached it. */
function mirrorOf(...outcomes: Outcome[]) {
  const calls: Call[] = [];
  const channel: Channel = async (call) => {
    calls.push(call);
    return outcomes.shift() ?? { kind: "returned", value: undefined };
  };
  return { subject: mirror<Lab>(shape, channel), calls };
}

describe("a mirror", () => {
  it("makes each function a call by its name", async () => {
    const { subject, calls } = mirrorOf({ kind: "returned", value: 7 }, { kind: "returned", value: { ok: true } });
    expect(await subject.checksum(Uint8Array.of(1))).toBe(7);
    expect(await subject.codec.parse(Uint8Array.of(2))).toEqual({ ok: true });
    expect(calls).toEqual([
      { member: "checksum", args: [Uint8Array.of(1)] },
      { member: "codec.parse", args: [Uint8Array.of(2)] },
    ]);
  });

  it("mirrors what the lab made, and sends a handle where the mirror is an argument", async () => {
    const { subject, calls } = mirrorOf({ kind: "made", handle: 4 }, { kind: "made", handle: 5 }, { kind: "returned", value: "open" });
    const pool = await subject.createPool({ size: 3 });
    const table = await subject.createTable(pool, { second: pool });
    expect(await table.open("a")).toBe("open");
    expect(calls).toEqual([
      { member: "createPool", args: [{ size: 3 }] },
      { member: "createTable", args: [{ handle: 4 }, { second: { handle: 4 } }] },
      { on: 5, member: "open", args: ["a"] },
    ]);
  });

  it("throws what the lab threw, as an error of its own kind", async () => {
    const thrown = { name: "RangeError", message: "too large", frames: ["lab-1-codec/message.ts:1:1"] };
    const { subject } = mirrorOf({ kind: "threw", error: thrown });
    const error = await subject.codec.parse(new Uint8Array()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(SubjectThrew);
    expect(error).toMatchObject({ call: "codec.parse", thrown, message: "codec.parse threw RangeError: too large" });
  });

  it("tells what is not started, and what cannot be used, apart from that", async () => {
    const { subject } = mirrorOf({ kind: "not-started", message: "not yet" }, { kind: "unusable", message: "no such function" });
    await expect(subject.checksum(new Uint8Array())).rejects.toThrow(NotStarted);
    await expect(subject.checksum(new Uint8Array())).rejects.toThrow(SubjectUnusable);
  });
});
