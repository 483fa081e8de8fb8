import { DeviceError } from "./device-error.ts";

/** A route as the `SIOCADDRT` request wants it: `struct rtentry` of linux/route.h. Addresses are each a `struct sockaddr`, 16 bytes. */
export type RouteEntry = {
  readonly destination: Uint8Array;
  readonly gateway: Uint8Array;
  readonly mask: Uint8Array;
  readonly flags: number;
  readonly device: string;
};

/** Watches a file descriptor in Node's own event loop. Keep it: a watch that is garbage collected stops silently. */
export type Watch = {
  /** From now on it tells also when something can be read, in each turn of the event loop as long as that is so. */
  readonly startReading: () => void;
  readonly close: () => void;
};

/**
 * The system calls that Node does not offer. Each returns a number of at least 0, or the error number, negated: `-13` is EACCES.
 */
export type Libc = {
  readonly read: (descriptor: number, address: number, length: number) => number;
  readonly write: (descriptor: number, bytes: Uint8Array, length: number) => number;
  /** `argument` is a structure that the system may write into. */
  readonly ioctl: (descriptor: number, request: number, argument: Uint8Array) => number;
  readonly changeRoute: (descriptor: number, request: number, route: RouteEntry) => number;
  readonly socket: (family: number) => number;
  /** Where the bytes lie in memory. Keep the array for as long as the address is used. */
  readonly addressOf: (bytes: Uint8Array) => number;
  /** Calls back with `false`, once, when the descriptor has failed, and with `true` when something can be read. */
  readonly watch: (descriptor: number, callback: (usable: boolean) => void) => Watch;
  /** `"EACCES"` for `-13`. */
  readonly errorName: (result: number) => string;
};

let loaded: Promise<Libc> | undefined;

/**
 * The C library, by way of koffi. It is loaded when it is first asked for, so that everything else works where koffi does not.
 * Rejects with a `DeviceError` off Linux and where koffi is not installed.
 */
export function loadLibc(): Promise<Libc> {
  if (process.platform !== "linux")
    return Promise.reject(
      new DeviceError(
        "unsupported-platform",
        `TUN and TAP devices need Linux, and this is ${process.platform}; use the in-memory link here.`,
      ),
    );
  loaded ??= bindLibc();
  return loaded;
}

async function bindLibc(): Promise<Libc> {
  const koffi = await import("koffi").catch((cause: unknown) => {
    throw new DeviceError(
      "native-library-missing",
      `The package koffi is not installed for this kind of machine (${process.arch}); run npm ci without --omit=optional.`,
      { cause },
    );
  });
  const library = koffi.load(null);
  // The kernel's layout: koffi knows the padding and the size of a pointer on this kind of machine.
  const routeEntry = koffi.struct({
    pad1: "ulong",
    destination: koffi.array("uint8", 16),
    gateway: koffi.array("uint8", 16),
    mask: koffi.array("uint8", 16),
    flags: "ushort",
    pad2: "short",
    pad3: "ulong",
    pad4: "void *",
    metric: "short",
    device: "str",
    mtu: "ulong",
    window: "ulong",
    initialRoundTripTime: "ushort",
  });
  const read = library.func("read", "intptr_t", ["int", "uintptr_t", "size_t"]);
  const write = library.func("write", "intptr_t", ["int", "const void *", "size_t"]);
  const ioctl = library.func("ioctl", "int", ["int", "ulong", "void *"]);
  const routeIoctl = library.func("ioctl", "int", ["int", "ulong", koffi.pointer(routeEntry)]);
  const socket = library.func("socket", "int", ["int", "int", "int"]);
  const unused = { pad1: 0, pad2: 0, pad3: 0, pad4: null, metric: 0, mtu: 0, window: 0, initialRoundTripTime: 0 };

  const checked = (result: number): number => (result < 0 ? -koffi.errno() : result);
  const errorNames = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]));
  const datagramCloseOnExec = 0o2000002;
  return {
    read: (descriptor, address, length) => checked(read(descriptor, address, length)),
    write: (descriptor, bytes, length) => checked(write(descriptor, bytes, length)),
    ioctl: (descriptor, request, argument) => checked(ioctl(descriptor, request, argument)),
    changeRoute: (descriptor, request, route) => checked(routeIoctl(descriptor, request, { ...unused, ...route })),
    socket: (family) => checked(socket(family, datagramCloseOnExec, 0)),
    addressOf: (bytes) => Number(koffi.address(bytes)),
    watch: (descriptor, callback) => {
      // koffi's own types leave out the first argument: 0, or libuv's error number.
      const listener = ((status: number) => callback(status === 0)) as unknown as () => void;
      const handle = koffi.node.poll(descriptor, { disconnect: true }, listener);
      return { startReading: () => handle.start({ readable: true }, listener), close: () => handle.close() };
    },
    errorName: (result) => errorNames.get(-result) ?? `error ${-result}`,
  };
}
