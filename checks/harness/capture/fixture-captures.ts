import { join } from "node:path";
import { root } from "#launch/root.mjs";
import { type Capture, readCapture } from "./pcap-file.ts";

/** The captures of programs that we did not write; fixtures/captures/README.md tells what each holds. */
export const captureNames = ["4over6-session-a.tcp6", "4over6-session-a.tun", "4over6-session-b.tcp6", "arp-linux-kernel"] as const;

export type CaptureName = (typeof captureNames)[number];

export function captureFile(name: CaptureName): string {
  return join(root, "fixtures", "captures", `${name}.pcap`);
}

/** Reads one of the kit's own captures. Rejects with a `CaptureError` when the file is missing or damaged. */
export function readFixture(name: CaptureName): Promise<Capture> {
  return readCapture(captureFile(name));
}
