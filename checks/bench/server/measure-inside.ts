import { openSync, writeSync } from "node:fs";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { killChildren, run, start } from "./child.ts";
import { createSheet } from "./figures.ts";
import { machineInWords } from "./machine.ts";
import { measureRounds, type Plan } from "./measure-rounds.ts";
import type { ServerBenchOptions } from "./options.ts";
import { compilePrograms, isInstalled } from "./programs.ts";
import { figureTable, verdicts } from "./report.ts";
import { smallPacket } from "./small-packets.ts";
import { connectTunnel, mtu, startClassicServer, startOurServer } from "./tunnels.ts";
import { joinTwoHosts } from "./two-hosts.ts";

/** The whole benchmark, in namespaces of its own. Prints the figures. */
export async function measureInside(options: ServerBenchOptions): Promise<void> {
  const { rounds, seconds, json } = options;
  // Opened first: better to fail now than in two minutes.
  const jsonFile = json === undefined ? undefined : openSync(json, "w");
  try {
    const sheet = createSheet();
    const plan = await prepare(options);
    const broken = Promise.race(plan.tunnels.map(({ ended }) => ended)).then((error) => {
      throw error;
    });
    await Promise.race([measureRounds(plan, sheet), broken]);
    plan.onProgress("");

    const entries = sheet.entries();
    console.log(`\n${machineInWords()}\nRounds: ${rounds}, of ${seconds} s of TCP each way. MTU ${mtu}. Median (least-most):\n`);
    console.log(figureTable(entries).join("\n"));
    console.log(`\nCPU is the server's own; a GB is 10^9 bytes that arrived. Small packets have ${smallPacket} bytes.`);
    for (const verdict of verdicts(entries)) console.log(verdict);
    if (jsonFile !== undefined)
      writeSync(
        jsonFile,
        `${JSON.stringify({ machine: machineInWords(), rounds, seconds, figures: Object.fromEntries(entries) }, null, 2)}\n`,
      );
  } finally {
    killChildren();
  }
}

async function prepare({ rounds, seconds, from }: ServerBenchOptions): Promise<Plan> {
  // Where ordinary users' PATH often does not lead.
  process.env["PATH"] += ":/usr/sbin:/sbin";
  for (const program of ["ip", "nsenter", "mount"])
    if (!isInstalled(program)) throw new UsageError(`The program ${program} is missing; install iproute2 and util-linux.`);
  const has = { compiler: isInstalled("cc"), iperf: isInstalled("iperf3"), ping: isInstalled("ping") };
  for (const sentence of leftOut(has)) console.log(sentence);

  // What is compiled, and what the server writes down for its next start, goes with the namespace.
  await run("mount", "-t", "tmpfs", "none", "/run");
  process.env["TMPDIR"] = "/run";
  const programs = has.compiler ? await compilePrograms("/run") : undefined;
  const hosts = await joinTwoHosts();
  const tunnels = [await connectTunnel("ours", await startOurServer(from), hosts, programs)];
  if (programs !== undefined) tunnels.push(await connectTunnel("classic", await startClassicServer(programs), hosts, programs));
  if (has.iperf) await start(["iperf3", "--server", "--forceflush"]).line((line) => line.startsWith("Server listening"));
  return { hosts, tunnels, programs, has, rounds, seconds, onProgress };
}

/** What is not measured because something is missing, a sentence each. */
function leftOut({ compiler, iperf, ping }: { compiler: boolean; iperf: boolean; ping: boolean }): readonly string[] {
  return [
    compiler
      ? ""
      : "There is no C compiler (cc), so no classic C server and no small packets, and the client is the kit's own; install gcc.",
    iperf ? "" : "There is no iperf3, so no throughput and no ping under load; install iperf3.",
    ping ? "" : "There is no ping, so no round-trip times; install iputils-ping.",
  ].filter((sentence) => sentence !== "");
}

/** One line, which the next one overwrites; only where somebody watches. */
function onProgress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`);
}
