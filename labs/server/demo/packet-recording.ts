import type { PcapWriter } from "#devices/pcap-writer.ts";
import type { RecordedPacket } from "./story.ts";

/** A recording that is kept in memory. */
export function createPacketRecording(): PcapWriter & { readonly packets: readonly RecordedPacket[] } {
  const packets: RecordedPacket[] = [];
  return {
    packets,
    write: (packet) => {
      packets.push({ time: performance.timeOrigin + performance.now(), base64: Buffer.from(packet).toString("base64") });
    },
    close: async () => {},
  };
}
