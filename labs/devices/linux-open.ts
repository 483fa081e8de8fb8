import { closeSync, constants, openSync } from "node:fs";
import { DeviceError } from "./device-error.ts";
import { type InterfaceSettings, interfaceSettings } from "./linux-interface.ts";
import { ask, interfaceRequest, nameIn, request } from "./linux-interface-request.ts";
import { type Libc, loadLibc } from "./linux-libc.ts";
import { createPacketFile, type PacketFile } from "./linux-packet-file.ts";
import { type InterfaceRoutes, interfaceRoutes } from "./linux-route.ts";

const deviceFile = "/dev/net/tun";
const setInterface = 0x400454ca; // TUNSETIFF of linux/if_tun.h
const kinds = { tun: 1, tap: 2 } as const;
const withoutPacketInformation = 0x1000; // IFF_NO_PI: packets as they are, with nothing put before them
const longestName = 15;

export type LinuxDeviceOptions = Partial<InterfaceSettings> & {
  /** At most 15 bytes. A device that is there already is used, if nobody else uses it. Left out, the kernel numbers it: tun0, tap0. */
  readonly name?: string;
};

/** What a TUN and a TAP have in common: the network interface. */
export type LinuxInterface = InterfaceSettings &
  InterfaceRoutes & {
    readonly name: string;
    /** Whether the device was there before; then it stays when it is closed. */
    readonly existedBefore: boolean;
    /** Hears of what the device survives, such as that somebody set it down: once, until it works again. */
    readonly onWarning: PacketFile["onWarning"];
    /** The same as `close`, by the name that it has in tuntap2. */
    readonly release: () => Promise<void>;
  };

/**
 * Opens the device and applies the settings that are given. `onBatch` gets what comes, packets or frames. Rejects with a `DeviceError`, and leaves nothing
 * behind then.
 */
export async function openLinuxDevice(kind: keyof typeof kinds, { name: wanted = "", ...settings }: LinuxDeviceOptions) {
  const libc = await loadLibc();
  if (wanted !== "") checkName(wanted);
  const existedBefore = wanted !== "" && ask(libc, request.getIndex, interfaceRequest(wanted).bytes) >= 0;
  const descriptor = openDeviceFile();
  try {
    const name = attach(libc, descriptor, kind, wanted);
    const current = interfaceSettings(libc, name);
    applySettings(current, settings);
    const { onBatch, ...file } = createPacketFile(libc, descriptor, name);
    const close = async () => file.close();
    // The settings are getters and setters: what they are part of must be this very object.
    const device = Object.assign(current, interfaceRoutes(libc, name), { ...file, name, existedBefore, close, release: close });
    return { device, onBatch };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function checkName(name: string): void {
  const length = Buffer.byteLength(name);
  if (length > longestName)
    throw new DeviceError(
      "name-too-long",
      `"${name}" is ${length} bytes long, and a device's name has at most ${longestName}; choose a shorter one.`,
    );
  if (/[\s/:%\0]/.test(name) || name === "." || name === "..")
    throw new DeviceError("name-invalid", `"${name}" cannot name a network device; use letters, digits and hyphens, such as 4over6.`);
}

function openDeviceFile(): number {
  try {
    return openSync(deviceFile, constants.O_RDWR | constants.O_NONBLOCK);
  } catch (error) {
    const cause = error as NodeJS.ErrnoException;
    switch (cause.code ?? "") {
      case "EACCES":
      case "EPERM":
        throw new DeviceError("no-permission", `This user may not open ${deviceFile}; run as root (sudo).`, { cause });
      case "ENOENT":
      case "ENODEV":
      case "ENXIO":
      case "ENOTDIR":
        throw deviceFileMissing(cause);
      default:
        throw new DeviceError("configuration-refused", `${deviceFile} cannot be opened (${cause.code ?? cause.message}).`, { cause });
    }
  }
}

function deviceFileMissing(cause?: Error): DeviceError {
  return new DeviceError(
    "device-file-missing",
    `There is no ${deviceFile} here; load the driver (modprobe tun), or start the container with --device ${deviceFile}.`,
    { cause },
  );
}

/** Joins the open file to the interface. Returns the interface's name. */
function attach(libc: Libc, descriptor: number, kind: keyof typeof kinds, wanted: string): string {
  const order = interfaceRequest(wanted);
  order.view.setUint16(0, kinds[kind] | withoutPacketInformation, true);
  const result = libc.ioctl(descriptor, setInterface, order.bytes);
  if (result >= 0) return nameIn(order);
  const reason = libc.errorName(result);
  const KIND = kind.toUpperCase();
  switch (reason) {
    case "EPERM":
      throw new DeviceError(
        "no-permission",
        `Making a ${KIND} device needs the right CAP_NET_ADMIN; run as root (sudo), or in a network of your own (unshare --user --map-root-user --net).`,
      );
    case "EBUSY":
      throw new DeviceError("name-in-use", `The device ${wanted} is in use by another program; stop it, or choose another name.`);
    case "EINVAL":
      throw new DeviceError("not-this-kind", `${wanted} is a network device of another kind, not a ${KIND}; choose another name.`);
    case "ENOTTY":
      // An ordinary file stands there, made by whoever wrote to it before there was a device file.
      throw deviceFileMissing();
    default:
      throw new DeviceError(
        "configuration-refused",
        `The kernel refused to make the ${KIND} device "${wanted}" (${reason}); choose another name.`,
      );
  }
}

/** What is so already is left alone: whoever may use a device that an administrator has made need not have the right to change it. */
function applySettings(current: InterfaceSettings, { mtu, mac, ipv4, ipv6, isUp }: Partial<InterfaceSettings>): void {
  if (mtu !== undefined && mtu !== current.mtu) current.mtu = mtu;
  if (mac !== undefined && mac !== current.mac) current.mac = mac;
  if (ipv4 !== undefined && ipv4 !== current.ipv4) current.ipv4 = ipv4;
  if (ipv6 !== undefined && ipv6 !== current.ipv6) current.ipv6 = ipv6;
  if (isUp !== undefined && isUp !== current.isUp) current.isUp = isUp;
}
