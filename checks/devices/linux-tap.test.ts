import { describe, expect, it } from "vitest";
import { resultOf } from "./child-program.ts";
import { inOwnNetwork } from "./namespace.ts";
import { works } from "./ordinary-user.ts";

/** Runs a case of tap.program.ts. */
const told = async <T>(name: string, within: readonly string[]): Promise<T> => resultOf<T>("tap", { args: [name], within });

describe("a TAP device", () => {
  it("has a MAC address, which can be changed also while it is up", async (context) => {
    expect(await told("properties", inOwnNetwork(context))).toEqual({
      madeByKernel: expect.stringMatching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/) as unknown,
      name: "tap0",
      mtu: 1500,
      ipv4: "10.4.6.1/30",
      isUp: true,
      changed: "02:00:00:00:00:0b",
      after: undefined,
    });
  });

  it("carries Ethernet frames: the kernel asks by ARP, is answered, and talks", async (context) => {
    const { frames, ...rest } = await told<{ frames: string[] }>("arp and udp", inOwnNetwork(context));
    const question = ["ffffffffffff 020000000001 0806", "0001 0800 06 04 0001", "020000000001 0a040601", "000000000000 0a040602"];
    expect(frames[0]).toBe(question.join("").replaceAll(" ", ""));
    expect(frames.at(-1)?.slice(0, 28)).toBe("0200000000020200000000010800");
    expect(rest).toEqual({ taken: true, answer: "pong" });
  });

  it("delivers full-size frames whole", async (context) => {
    expect(await told("full-size frames", inOwnNetwork(context))).toEqual({ mtu: 9000, whole: 30 });
  });

  it("says that a frame was dropped, and warns when it is down", async (context) => {
    expect(await told("refused writes", inOwnNetwork(context))).toEqual({
      whole: true,
      header: true,
      cut: false,
      down: false,
      closed: false,
      warnings: ["interface-down"],
    });
  });

  it("closes with an error when it is deleted under us", async (context) => {
    const within = inOwnNetwork(context);
    if (!works(["ip", "-Version"])) context.skip("the program ip is missing: nobody else can delete the device");
    expect(await told("deleted under us", within)).toBe("device-deleted");
  });
});
