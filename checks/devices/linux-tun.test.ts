import { describe, expect, it } from "vitest";
import { openTap } from "#devices/linux-tap.ts";
import { openTun } from "#devices/linux-tun.ts";
import { resultOf, startProgram } from "./child-program.ts";
import { deviceRejectionOf } from "./device-error-of.ts";
import { inOwnNetwork, inOwnNetworkAsOrdinaryUser, inOwnNetworkWithoutRights, withoutDeviceFile } from "./namespace.ts";
import { ordinaryUser, works } from "./ordinary-user.ts";

/** Runs a case of tun.program.ts. */
const told = async <T>(name: string, within: readonly string[]): Promise<T> => resultOf<T>("tun", { args: [name], within });

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

type Refusal = { readonly code: string; readonly message: string };

describe("a TUN device", () => {
  it("has the properties that users of tuntap2 know, and they are the kernel's", async (context) => {
    const result = await told("properties", inOwnNetwork(context));
    const nothing = { ipv4: undefined, ipv6: undefined, mac: undefined };
    expect(result).toEqual({
      atFirst: { name: "4over6", mtu: 1500, isUp: false, existedBefore: false, ...nothing },
      asSet: { name: "4over6", mtu: 1400, isUp: true, existedBefore: false, mac: undefined, ipv4: "13.8.0.1/24", ipv6: "fd46::1/64" },
      seenByNode: ["13.8.0.1/24", "fd46::1/64"],
      changed: { name: "4over6", mtu: 1400, isUp: true, existedBefore: false, mac: undefined, ipv4: "10.0.0.1/30", ipv6: "fd47::1/96" },
      takenBack: { name: "4over6", mtu: 1400, isUp: true, existedBefore: false, ...nothing },
      released: { name: "4over6", mtu: 1400, isUp: false, existedBefore: false, ...nothing },
      left: "nothing",
    });
  });

  it("gets a name from the kernel when it is given none", async (context) => {
    expect(await told("named by the kernel", inOwnNetwork(context))).toEqual(["tun0", "tun1"]);
  });

  it("delivers in batches, in order, and loses nothing that waited for a listener", async (context) => {
    const { sizes, numbers } = await told<{ sizes: number[]; numbers: number[] }>("batches in order", inOwnNetwork(context));
    expect(numbers).toEqual(upTo(300));
    expect(sizes.length).toBeLessThan(6);
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(64);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(128);
  });

  it("delivers full-size packets whole, up to 65535 bytes", async (context) => {
    expect(await told("full-size packets", inOwnNetwork(context))).toEqual([
      { mtu: 1500, whole: 40 },
      { mtu: 9000, whole: 40 },
      { mtu: 65_535, whole: 40 },
    ]);
  });

  it("hands what is written to the kernel", async (context) => {
    expect(await told("write", inOwnNetwork(context))).toEqual({
      taken: [true, true, true, true],
      received: [100, 1472, 9000, 65_507].map((length, first) => ({ from: "13.8.0.2", length, first })),
    });
  });

  it("says that a packet was dropped, and warns once when it is down", async (context) => {
    expect(await told("refused writes", inOwnNetwork(context))).toEqual({
      empty: false,
      badVersion: false,
      atFirst: true,
      down: [false, false],
      upAgain: true,
      downAgain: false,
      closed: false,
      warnings: ["interface-down", "interface-down"],
    });
  });

  it.for(["deleted under us", "deleted before anybody listens"])("closes with an error when it is %s", async (name, context) => {
    const within = inOwnNetwork(context);
    if (!works(["ip", "-Version"])) context.skip("the program ip is missing: nobody else can delete the device");
    expect(await told(name, within)).toEqual({
      code: "device-deleted",
      message: "The network device 4over6 was deleted while it was in use; start again to make a new one.",
      write: false,
      after: { name: "4over6", mtu: 1500, isUp: false, existedBefore: false },
    });
  });

  it("tells once that it was closed, and lets the process end", async (context) => {
    const program = await startProgram("tun", { args: ["close tells once"], within: inOwnNetwork(context) });
    expect(await program.next()).toEqual(["no error"]);
    await expect(program.next()).rejects.toThrow("ended");
    await program.stop();
  });

  it("does not swallow an exception of its listener", async (context) => {
    expect(await told("an exception is not swallowed", inOwnNetwork(context))).toBe("from the listener");
  });

  it("calls its listener where microtasks follow at once", async (context) => {
    expect(await told("microtasks and timers run between batches", inOwnNetwork(context))).toEqual([
      "batch",
      "nextTick",
      "microtask",
      "immediate",
    ]);
  });

  it("routes networks through itself, and undoes it", async (context) => {
    expect(await told("routes", inOwnNetwork(context))).toEqual({
      added: [true, false],
      through: "through",
      removed: [true, false],
      unreachable: "ENETUNREACH",
      everything: true,
      gateway: true,
      farGateway: { code: "configuration-refused", message: expect.stringContaining("is not reachable") as unknown },
      noNetwork: { code: "bad-address", message: expect.stringContaining('"everywhere" is not an IPv4 address') as unknown },
    });
  });

  it("works for an ordinary user in a namespace of its own", async (context) => {
    const { numbers } = await told<{ numbers: number[] }>("batches in order", inOwnNetworkAsOrdinaryUser(context));
    expect(numbers).toEqual(upTo(300));
  });

  it("uses a device that an administrator has made, and leaves it there", async (context) => {
    const within = inOwnNetwork(context);
    if (!works(["ip", "-Version"])) context.skip("the program ip is missing: nobody can make a lasting device");
    const script = 'ip tuntap add dev kept mode tun && "$@" && exec "$@"';
    const program = await startProgram("tun", { args: ["a device that was there", "kept"], within: [...within, "sh", "-c", script, "sh"] });
    const expected = { name: "kept", mtu: 1500, ipv4: "13.8.0.1/24", isUp: true, existedBefore: true };
    expect(await program.next()).toEqual(expected);
    program.process.stdin?.end();
    await program.stop();
  });

  it("goes when the process is killed", async (context) => {
    const within = inOwnNetwork(context);
    if (!works(["ip", "-Version"])) context.skip("the program ip is missing: nobody can look");
    // The shell stays in the network when it has killed the program, and looks whether the device is still there.
    const look = "ip -o link show 4over6 >/dev/null 2>&1 && echo '\"there\"' || echo '\"gone\"'";
    const script = `"$@" & read line; ${look}; kill -9 $!; wait $!; ${look}`;
    const program = await startProgram("tun", { args: ["wait to be killed"], within: [...within, "sh", "-c", script, "sh"] });
    expect(await program.next()).toBe("waiting");
    program.process.stdin?.write("\n");
    expect(await program.next()).toBe("there");
    expect(await program.next()).toBe("gone");
    await program.stop();
  });
});

describe("a TUN device that cannot be had", () => {
  it("names what is wrong with a name", async (context) => {
    const { longest, ...refusals } = await told<Record<string, Refusal> & { longest: unknown }>("names", inOwnNetwork(context));
    expect(longest).toBe("a-name-of-15-by");
    expect(Object.fromEntries(Object.entries(refusals).map(([name, { code }]) => [name, code]))).toEqual({
      long: "name-too-long",
      umlaut: "name-too-long",
      slash: "name-invalid",
      space: "name-invalid",
      percent: "name-invalid",
      dots: "name-invalid",
      loopback: "not-this-kind",
    });
    expect(refusals["long"]?.message).toBe(
      `"a-name-of-16-byt" is 16 bytes long, and a device's name has at most 15; choose a shorter one.`,
    );
    expect(refusals["loopback"]?.message).toBe("lo is a network device of another kind, not a TUN; choose another name.");
  });

  it("says that the name is in use", async (context) => {
    const { again, asTap } = await told<Record<string, Refusal>>("in use", inOwnNetwork(context));
    expect(again).toEqual({
      code: "name-in-use",
      message: "The device 4over6 is in use by another program; stop it, or choose another name.",
    });
    expect(asTap).toMatchObject({ code: "not-this-kind" });
  });

  it("says which setting is refused, and leaves no half-made device", async (context) => {
    const result = await told<Record<string, Refusal>>("bad settings", inOwnNetwork(context));
    expect(result).toMatchObject({
      mtu: { code: "bad-mtu" },
      fraction: { code: "bad-mtu" },
      ipv4: { code: "bad-address" },
      ipv6: { code: "bad-address" },
      unchanged: { mtu: 1500, ipv4: "13.8.0.1/24", isUp: true },
      atOpening: { code: "bad-address" },
      left: "no error",
      afterClose: { code: "device-deleted" },
    });
    expect(result["ipv4"]?.message).toBe(`"13.8.0.1" is not an IPv4 address with a prefix length; write it as 13.8.0.1/24.`);
  });

  it("says that the right to make one is missing", async (context) => {
    expect(await told("refusal", inOwnNetworkWithoutRights(context))).toEqual({
      code: "no-permission",
      message:
        "Making a TUN device needs the right CAP_NET_ADMIN; run as root (sudo), or in a network of your own (unshare --user --map-root-user --net).",
    });
  });

  it("says that there is no device file", async (context) => {
    expect(await told("refusal", withoutDeviceFile(context))).toEqual({
      code: "device-file-missing",
      message: "There is no /dev/net/tun here; load the driver (modprobe tun), or start the container with --device /dev/net/tun.",
    });
  });

  it("says that an ordinary user may not have one", async (context) => {
    if (process.platform !== "linux") context.skip("TUN and TAP need Linux");
    const { code, message } = await told<Refusal>("refusal", ordinaryUser(context));
    expect(["no-permission", "device-file-missing"]).toContain(code);
    expect(message).toMatch(/run as root|load the driver/);
  });

  it("says off Linux that it needs Linux", async () => {
    const platform = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
    try {
      Object.defineProperty(process, "platform", { ...platform, value: "darwin" });
      for (const opening of [openTun(), openTap()])
        expect(await deviceRejectionOf(opening)).toMatchObject({
          code: "unsupported-platform",
          message: "TUN and TAP devices need Linux, and this is darwin; use the in-memory link here.",
        });
    } finally {
      Object.defineProperty(process, "platform", platform);
    }
  });
});
