import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import { type LinuxDeviceOptions, type LinuxInterface, openLinuxDevice } from "./linux-open.ts";

/** A network interface of the kernel whose cable is this program: it carries IP packets. */
export type TunDevice = PacketDevice & LinuxInterface;

/**
 * Makes a TUN device, or uses the one of that name: `openTun({ name: "4over6", mtu: 1500, ipv4: "13.8.0.1/24", isUp: true })`.
 *
 * The kernel's own IPv6 packets come too, as soon as it is up. Close it to delete it; it also goes when the process ends, however that ends.
 *
 * Rejects with a `DeviceError` when it cannot be had: not on Linux, no /dev/net/tun, no permission, the name in use or unfit, a setting refused.
 */
export async function openTun(options: LinuxDeviceOptions = {}): Promise<TunDevice> {
  const { device, onBatch } = await openLinuxDevice("tun", options);
  return Object.assign(device, { onPackets: onBatch });
}
