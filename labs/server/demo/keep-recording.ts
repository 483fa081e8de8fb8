import { join } from "node:path";
import { createPcapWriter } from "#devices/pcap-writer.ts";
import type { StoryEvent } from "./story.ts";

/** Writes what was recorded at one end of the tunnel to `client.pcap` or `server.pcap` in the folder. */
export async function keepRecording({ end, linkType, packets }: Extract<StoryEvent, { kind: "recorded" }>, folder: string): Promise<void> {
  let time = 0;
  const file = await createPcapWriter(join(folder, `${end}.pcap`), { linkType, now: () => time });
  for (const packet of packets) {
    time = packet.time;
    file.write(Buffer.from(packet.base64, "base64"));
  }
  await file.close();
}
