import type { FrameDevice } from "./frame-device.ts";
import { type LinuxDeviceOptions, type LinuxInterface, openLinuxDevice } from "./linux-open.ts";

/** A network interface of the kernel whose cable is this program: it carries Ethernet frames. `mac` is the kernel's side of the link. */
export type TapDevice = FrameDevice & LinuxInterface;

/**
 * Makes a TAP device, or uses the one of that name: `openTap({ name: "tap0", ipv4: "10.4.6.1/30", isUp: true })`.
 *
 * Close it to delete it; it also goes when the process ends, however that ends.
 *
 * Rejects with a `DeviceError` when it cannot be had: not on Linux, no /dev/net/tun, no permission, the name in use or unfit, a setting refused.
 */
export async function openTap(options: LinuxDeviceOptions = {}): Promise<TapDevice> {
  const { device, onBatch } = await openLinuxDevice("tap", options);
  return Object.assign(device, { onFrames: onBatch });
}
