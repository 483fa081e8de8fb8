import type { PacketDevice } from "#contract/lab-4-tun-server.ts";

/**
 * Where Ethernet frames enter and leave: a Linux TAP, or an in-memory link. What `PacketDevice` is for IP packets, with the same rules: frames
 * arrive in batches, and each is a view that is valid only during the call. A frame has no preamble and no frame check sequence.
 *
 * The listener has another name, so that a frame cannot be taken for a packet by mistake.
 */
export type FrameDevice = Pick<PacketDevice, "onClose" | "close"> & {
  /** The largest payload of a frame, in bytes: a frame is at most 14 bytes longer (18 with a VLAN tag). */
  readonly mtu: number;
  readonly onFrames: (listener: (batch: readonly Uint8Array[]) => void) => void;
  /** `false`: the frame was dropped. */
  readonly write: (frame: Uint8Array) => boolean;
};
