import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { usualBounds } from "./confined.ts";
import { openControlGroup } from "./control-group.ts";

it("a control group ends a program that takes more memory than it may, and knows that it did", async (context) => {
  const group = openControlGroup({ ...usualBounds, memory: 128 });
  if (group === undefined) {
    context.skip("this computer lets this user make no control group");
    return;
  }
  const grows = "process.stdin.once('data', () => { const all = []; for (;;) all.push(Buffer.alloc(1e6, 1)); });";
  const child = spawn(process.execPath, ["-e", grows], { stdio: ["pipe", "ignore", "ignore"] });
  try {
    expect(group.ranOutOfMemory()).toBe(false);
    group.take(() => [child.pid ?? 0]);
    child.stdin.write("now");
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
    expect(group.ranOutOfMemory()).toBe(true);
  } finally {
    child.kill("SIGKILL");
    await group.remove();
  }
});
