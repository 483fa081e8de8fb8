import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { labWith, right } from "#checks/harness/run/broken-lab.ts";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

const file = join(root, ".vscode", "launch.json");

/** A program of Node's that goes with the test. */
function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment } });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function firstLine(stream: NodeJS.ReadableStream | null, pattern: RegExp): Promise<string> {
  if (stream === null) throw new Error("There is no output to read.");
  const read: string[] = [];
  for await (const line of createInterface({ input: stream })) {
    read.push(line);
    const found = pattern.exec(line)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error(`${pattern} was not among:\n${read.join("\n")}`);
}

describe.skipIf(!existsSync(file))("the launch configuration for one check", () => {
  it("stops at a breakpoint in a lab's TypeScript file", async () => {
    const lab = labWith({});
    const path = join(lab["lab-1"], "internet-checksum.ts");
    // The loop over the bytes.
    const line = right["internet-checksum.ts"].split("\n").findIndex((text) => text.includes("sum += ")) + 1;
    const { configurations } = JSON.parse(readFileSync(file, "utf8"));
    const [{ program, args }]: [{ program: string; args: readonly string[] }] = configurations;
    const words = args.map((word) => (word === "${input:check}" ? "lab-1.checksum-example" : word));
    const debuggee = start(["--inspect-brk=127.0.0.1:0", program.replace("${workspaceFolder}", root), ...words, "--from", lab["lab-1"]]);
    const address = await firstLine(debuggee.stderr, /ws:\S+/);

    const here = fileURLToPath(new URL("debug-session.program.ts", import.meta.url));
    const session = await bundle(here, implementationFrom("labs"));
    // Node 20 has a WebSocket, and wants to be asked for it.
    const flags = "WebSocket" in globalThis ? [] : ["--experimental-websocket"];
    const editor = start([...flags, session.file, address, path, String(line)], { NODE_OPTIONS: "" });
    const stopped: unknown = JSON.parse(await firstLine(editor.stdout, /^\{.*\}$/));
    expect(stopped).toEqual({ file: path, line, function: "internetChecksum" });

    // The debugger has left: the check goes on to its end.
    const [code] = await once(debuggee, "exit");
    expect(code).toBe(0);
  }, 120_000);
});
