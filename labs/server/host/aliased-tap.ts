import { type InterfaceSettings, interfaceSettings } from "#devices/linux-interface.ts";
import { loadLibc } from "#devices/linux-libc.ts";
import { openTap, type TapDevice } from "#devices/linux-tap.ts";

/** A TAP device that can have a second IPv4 address: the kernel calls that an alias, and names it `4over6:0`. It goes with the device. */
export type AliasedTap = { readonly device: TapDevice; readonly alias: Pick<InterfaceSettings, "ipv4"> };

const suffix = ":0";

/** The alias must fit the 15 bytes of a device's name, too. */
export const longestTapName = 15 - suffix.length;

/** Rejects with a `DeviceError` when there can be no such device. */
export async function openAliasedTap(name: string): Promise<AliasedTap> {
  const device = await openTap({ name });
  return { device, alias: interfaceSettings(await loadLibc(), `${device.name}${suffix}`) };
}
