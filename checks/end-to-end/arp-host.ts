import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { type CapturedPacket, readCapture } from "#checks/harness/capture/pcap-file.ts";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import type { OwnHost } from "./server-network.ts";

export const kernel = { mac: "02:00:00:00:00:01", ip: "10.4.6.1" } as const;
export const us = { mac: "02:00:00:00:00:02", ip: "10.4.6.2" } as const;

/** Lab 5's interface on a TAP device of a host, as a process of its own. */
export type ArpHost = {
  /** Pings the host's kernel; fulfilled with the number of the ping that was answered. */
  readonly pingKernel: () => Promise<number>;
  /** Ends it, and reads what passed on the link. */
  readonly end: () => Promise<readonly CapturedPacket[]>;
};

export async function startArpHost({ within }: OwnHost): Promise<ArpHost> {
  const { file } = await bundle(fileURLToPath(new URL("arp-tap.program.ts", import.meta.url)), implementationFrom("reference"));
  const recording = join(await temporaryFolder(), "arp-tap.pcap");
  const program = [process.execPath, "--enable-source-maps", file, kernel.mac, kernel.ip, us.mac, us.ip, recording];
  const [command = "", ...rest] = [...within, ...program];
  const child = spawn(command, rest, { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const ended = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  /** What it tells next. Rejects, with what it wrote to stderr, when it ends instead. */
  async function next(): Promise<unknown> {
    const line = await lines.next();
    if (line.done !== true) return JSON.parse(line.value);
    await ended;
    throw new Error(`The host has ended: ${complaint}`);
  }

  await next();
  return {
    pingKernel: async () => {
      child.stdin.write("ping\n");
      return ((await next()) as { readonly answered: number }).answered;
    },
    end: async () => {
      child.stdin.end();
      const [code] = await ended;
      if (code !== 0) throw new Error(`The host ended with code ${code}: ${complaint}`);
      return (await readCapture(recording)).packets;
    },
  };
}
