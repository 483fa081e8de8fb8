import type { LinuxInterface } from "#devices/linux-open.ts";
import type { TunDevice } from "#devices/linux-tun.ts";
import type { HostChange } from "./host-change.ts";
import type { Journal } from "./journal.ts";

export type DeviceSettings = {
  readonly mtu: number;
  /** With the prefix length: `13.8.0.1/24`. */
  readonly ipv4: string;
};

/**
 * Gives the TUN device its address and MTU, and sets it up. A device that was there before gets back what it had when the server stops; what is
 * right already is left alone, since whoever may use a device need not have the right to change it.
 *
 * @returns what was done, in words
 */
export function setUpDevice(device: TunDevice, { mtu, ipv4 }: DeviceSettings, journal: Journal<HostChange>): string {
  const before = { mtu: device.mtu, ipv4: device.ipv4, isUp: device.isUp };
  const isRight = before.mtu === mtu && before.ipv4 === ipv4 && before.isUp;
  if (device.existedBefore && isRight) return "was there, set up as needed";
  if (device.existedBefore)
    journal.begin({ kind: "device", name: device.name, ...before, ipv4: before.ipv4 ?? null }, () => changeDevice(device, before));
  changeDevice(device, { mtu, ipv4, isUp: true });
  return device.existedBefore ? "was there; its settings come back when the server stops" : "made; it goes when the server stops";
}

/** Changes what is different. Throws a `DeviceError`. */
export function changeDevice(device: LinuxInterface, { mtu, ipv4, isUp }: Pick<LinuxInterface, "mtu" | "ipv4" | "isUp">): void {
  if (device.mtu !== mtu) device.mtu = mtu;
  if (device.ipv4 !== ipv4) device.ipv4 = ipv4;
  if (device.isUp !== isUp) device.isUp = isUp;
}
