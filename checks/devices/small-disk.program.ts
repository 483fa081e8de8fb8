// Records traffic to /mnt, which the test has made a very small disk, and tells what came of it.
import { readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parseCapture } from "#checks/harness/capture/pcap-file.ts";
import { createMemoryLink } from "#devices/memory-link.ts";
import { recordPackets } from "#devices/pcap-recorder.ts";
import { createPcapWriter } from "#devices/pcap-writer.ts";
import { endWithTest, tell } from "./child-side.ts";

endWithTest();
const path = "/mnt/capture.pcap";
const codes: string[] = [];
const recording = await createPcapWriter(path, { linkType: "raw-ip", onProblem: ({ code }) => codes.push(code) });
const link = createMemoryLink();
const device = recordPackets(link.near, recording);
let written = 0;
for (let index = 0; index < 2000; index++) {
  if (device.write(new Uint8Array(100).fill(index))) written++;
  link.flush();
  if (index % 10 === 0) await nextTurn();
}
await device.close();
const { packets } = parseCapture(await readFile(path), path);
tell({ recorded: packets.length, written, codes });
