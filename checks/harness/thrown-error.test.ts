import { describe, expect, it } from "vitest";
import { describeThrown } from "./thrown-error.ts";

function withStack(stack: string): Error {
  const error = new RangeError("too large");
  error.stack = stack;
  return error;
}

function fail(): never {
  throw new RangeError("no");
}

describe("describeThrown", () => {
  it("names the nearest built-in class", () => {
    class OwnError extends RangeError {
      override name = "OwnError";
    }
    expect(describeThrown(new OwnError("x"))).toMatchObject({ name: "RangeError", message: "x" });
    expect(describeThrown(new TypeError("x")).name).toBe("TypeError");
    expect(describeThrown(new Error("x")).name).toBe("Error");
    expect(describeThrown(Object.assign(new Error("x"), { name: "CodecError" })).name).toBe("CodecError");
  });

  it.each([
    ["a string", "oops", "oops"],
    ["nothing", undefined, "undefined"],
    ["an object", { message: "m" }, "[object Object]"],
    ["an object without a text", Object.create(null), "(a value that cannot be shown)"],
  ])("takes %s that is thrown", (_name, value, message) => {
    expect(describeThrown(value)).toEqual({ name: "a value that is no Error", message, frames: [] });
  });

  it("survives an error that throws when it is read", () => {
    const error = Object.defineProperties(new Error("x"), { stack: { get: fail }, name: { get: fail }, message: { get: fail } });
    const described = describeThrown(error);
    const cannot = "(a value that cannot be shown)";
    expect([described.name, described.message, described.frames.length]).toEqual([cannot, cannot, 0]);
  });

  it("survives a proxy that throws when it is asked what it is", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const asked = new Proxy(new Error("x"), { getPrototypeOf: fail });
    for (const thrown of [proxy, asked]) expect(describeThrown(thrown)).toMatchObject({ name: "a value that is no Error", frames: [] });
  });

  it("keeps the frames of the lab's own files only, innermost first", () => {
    const stack = [
      "RangeError: too large",
      "    at release (/home/me/kit/labs/lab-2-user-pool/address-pool.ts:31:9)",
      "    at Object.close (file:///home/me/kit/labs/lab-2-user-pool/session-table.ts:12:3)",
      "    at /home/me/kit/labs/lab-2-user-pool/session-table.ts:15:1",
      "    at ../labs/lab-2-user-pool/session-table.ts (/home/me/kit/labs/lab-2-user-pool/session-table.ts:1:1)",
      "    at async new Table (C:\\kit\\labs\\lab-2-user-pool\\session-table.ts:16:1)",
      "    at perform (/home/me/kit/checks/harness/host.ts:40:5)",
      "    at run (/home/me/kit/checks/lab-2-user-pool/address-pool.check.ts:4:5)",
      "    at node:internal/process/task_queues:95:5",
    ].join("\n");
    expect(describeThrown(withStack(stack)).frames).toEqual([
      "lab-2-user-pool/address-pool.ts:31:9 release",
      "lab-2-user-pool/session-table.ts:12:3 Object.close",
      "lab-2-user-pool/session-table.ts:15:1",
      "lab-2-user-pool/session-table.ts:1:1",
      "lab-2-user-pool/session-table.ts:16:1 new Table",
    ]);
  });

  it("finds the lab's frames in a project that lies below a folder called checks, or in one with spaces", () => {
    const stack = "E\n    at f (/home/me/checks/my kit (2)/labs/lab-1-codec/message.ts:3:4)";
    expect(describeThrown(withStack(stack)).frames).toEqual(["lab-1-codec/message.ts:3:4 f"]);
  });

  it("keeps few frames and a short message", () => {
    const frames = Array.from({ length: 50 }, (_, i) => `    at f (/kit/labs/lab-1-codec/message.ts:${i + 1}:1)`);
    const error = withStack(`E\n${frames.join("\n")}`);
    error.message = "x".repeat(5000);
    const described = describeThrown(error);
    expect(described.frames.length).toBe(5);
    expect(described.message.length).toBeLessThan(700);
  });
});
