import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import type { FrameDevice } from "./frame-device.ts";
import type { PcapWriter } from "./pcap-writer.ts";
import { createSignal } from "./signal.ts";

/**
 * A device that does what `device` does, and records what arrives and what is taken to be sent, in the order in which it happens. The
 * recording (of link type `raw-ip`) is closed with the device.
 */
export function recordPackets(device: PacketDevice, recording: PcapWriter): PacketDevice {
  const { onBatch, ...rest } = record(device, device.onPackets, recording);
  return withMtuOf(device, { ...rest, onPackets: onBatch });
}

/** The same for Ethernet frames; the recording is of link type `ethernet`. */
export function recordFrames(device: FrameDevice, recording: PcapWriter): FrameDevice {
  const { onBatch, ...rest } = record(device, device.onFrames, recording);
  return withMtuOf(device, { ...rest, onFrames: onBatch });
}

type Recordable = Pick<PacketDevice, "write" | "onClose" | "close">;

function record(device: Recordable, listen: PacketDevice["onPackets"], recording: PcapWriter) {
  const received = createSignal<readonly Uint8Array[]>();
  device.onClose(() => void recording.close());
  return {
    onBatch: (listener: (batch: readonly Uint8Array[]) => void): void => {
      if (!received.hasListener())
        listen((batch) => {
          for (const packet of batch) recording.write(packet);
          received.emit(batch);
        });
      received.on(listener);
    },
    onClose: device.onClose,
    write: (packet: Uint8Array): boolean => {
      const taken = device.write(packet);
      if (taken) recording.write(packet);
      return taken;
    },
    close: async (): Promise<void> => {
      await device.close();
      await recording.close();
    },
  };
}

/** The MTU may change while the device runs. */
function withMtuOf<Device>(device: { readonly mtu: number }, rest: Device): Device & { readonly mtu: number } {
  return Object.defineProperty(rest, "mtu", { enumerable: true, get: () => device.mtu }) as Device & { readonly mtu: number };
}
