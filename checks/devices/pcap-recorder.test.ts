import { describe, expect, it } from "vitest";
import { createMemoryFrameLink, createMemoryLink } from "#devices/memory-link.ts";
import { recordFrames, recordPackets } from "#devices/pcap-recorder.ts";

/** A recording that is kept in memory: the first byte of each packet, and how often it was closed. */
function createRecording() {
  const recorded: number[] = [];
  let closes = 0;
  return {
    recorded,
    closes: () => closes,
    write: (packet: Uint8Array) => {
      recorded.push(packet[0] ?? -1);
    },
    close: async () => {
      closes++;
    },
  };
}

describe("a recorded device", () => {
  it("records what arrives and what is sent, in order, and does what the device does", () => {
    const link = createMemoryLink({ mtu: 1400 });
    const recording = createRecording();
    const device = recordPackets(link.near, recording);
    const heard: number[][] = [];
    device.onPackets((batch) => {
      heard.push(batch.map(([first]) => first ?? -1));
      device.write(Uint8Array.of(9));
    });
    const sent: number[] = [];
    link.far.onPackets((batch) => sent.push(...batch.map(([first]) => first ?? -1)));
    link.far.write(Uint8Array.of(1));
    link.far.write(Uint8Array.of(2));
    link.flush();
    link.flush();
    expect(device.mtu).toBe(1400);
    expect(heard).toEqual([[1, 2]]);
    expect(sent).toEqual([9]);
    expect(recording.recorded).toEqual([1, 2, 9]);
  });

  it("records once what two listeners hear", () => {
    const link = createMemoryLink();
    const recording = createRecording();
    const device = recordPackets(link.near, recording);
    let calls = 0;
    for (let listener = 0; listener < 2; listener++) device.onPackets(() => calls++);
    link.far.write(Uint8Array.of(1));
    link.flush();
    expect(calls).toBe(2);
    expect(recording.recorded).toEqual([1]);
  });

  it("does not record what the device drops", () => {
    const recording = createRecording();
    const device = recordPackets(createMemoryLink({ mtu: 10 }).near, recording);
    expect(device.write(new Uint8Array(11))).toBe(false);
    expect(recording.recorded).toEqual([]);
  });

  it("closes the recording with the device, whoever closes that", async () => {
    const recording = createRecording();
    const device = recordPackets(createMemoryLink().near, recording);
    let told = 0;
    device.onClose(() => told++);
    await device.close();
    expect(told).toBe(1);
    expect(recording.closes()).toBeGreaterThan(0);

    const other = createRecording();
    const link = createMemoryLink();
    recordPackets(link.near, other);
    link.cut(new Error("deleted"));
    expect(other.closes()).toBe(1);
  });

  it("records frames too", () => {
    const link = createMemoryFrameLink();
    const recording = createRecording();
    const device = recordFrames(link.near, recording);
    device.onFrames(() => {});
    device.write(Uint8Array.of(1));
    link.far.write(Uint8Array.of(2));
    link.flush();
    expect(recording.recorded).toEqual([1, 2]);
  });
});
