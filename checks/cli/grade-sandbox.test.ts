import { expect, it, vi } from "vitest";
import { inGradeSandbox } from "./grade-sandbox.ts";

it("an interruption while the sandbox is opened ends it in good order, and nothing is done in it", async () => {
  const before = process.listenerCount("SIGTERM");
  const use = vi.fn(async () => 0);
  const ended = inGradeSandbox({ requireTier: undefined, container: true }, use);
  process.emit("SIGTERM", "SIGTERM");
  expect(await ended).toBe(143);
  expect(use).not.toHaveBeenCalled();
  expect(process.listenerCount("SIGTERM")).toBe(before);
});

it("what is done in it may end early, and says so by its exit code", async () => {
  const code = await inGradeSandbox({ requireTier: undefined, container: true }, async (sandbox, interruption) => {
    expect(sandbox.tier).toBe("T0");
    process.emit("SIGINT", "SIGINT");
    expect(interruption.signal.aborted).toBe(true);
    return interruption.exitCode() ?? 0;
  });
  expect(code).toBe(130);
});
