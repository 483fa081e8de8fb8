// What a real TAP device does, told to the test that started this program in a network of its own. Argument: which of the cases.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { DeviceError } from "#devices/device-error.ts";
import { openTap, type TapDevice } from "#devices/linux-tap.ts";
import { mac } from "#kit/addresses.ts";
import { concat, fromHex, toHex } from "#kit/bytes.ts";
import { endWithTest, tell } from "./child-side.ts";
import { udpPacket, udpPayloadOf } from "./ip-packets.ts";

const kernel = { mac: mac("02:00:00:00:00:01"), ip: "10.4.6.1" };
const ourMac = "020000000002";
const ourIp = "10.4.6.2";

const open = (mtu = 1500) => openTap({ name: "tap0", mac: kernel.mac, mtu, ipv4: `${kernel.ip}/30`, isUp: true });

const etherType = (frame: Uint8Array) => toHex(frame.subarray(12, 14));

/** Answers the kernel's question for our address, as lab 5 will: 06 04 are the lengths, 0002 a reply. */
function answerArp(tap: TapDevice): void {
  tap.onFrames((batch) => {
    for (const frame of batch) {
      if (etherType(frame) !== "0806" || toHex(frame.subarray(38, 42)) !== "0a040602") continue;
      const asker = toHex(frame.subarray(22, 32));
      tap.write(fromHex(`${asker.slice(0, 12)} ${ourMac} 0806 0001 0800 06 04 0002 ${ourMac} 0a040602 ${asker}`));
    }
  });
}

const cases: Readonly<Record<string, () => Promise<unknown>>> = {
  properties: async () => {
    const tap = await openTap({ name: "tap0" });
    const madeByKernel = tap.mac;
    tap.mac = mac("02:00:00:00:00:0a");
    tap.ipv4 = "10.4.6.1/30";
    tap.isUp = true;
    tap.mac = mac("02:00:00:00:00:0b");
    const { name, mtu, ipv4, isUp, mac: changed } = tap;
    await tap.release();
    return { madeByKernel, name, mtu, ipv4, isUp, changed, after: tap.mac };
  },

  "arp and udp": async () => {
    const tap = await open();
    const socket = createSocket("udp4").bind(7);
    await once(socket, "listening");
    const frames: string[] = [];
    const asked = new Promise<void>((resolve) => {
      tap.onFrames((batch) => {
        for (const frame of batch) if (etherType(frame) !== "86dd") frames.push(toHex(frame));
        if (frames.some((frame) => frame.slice(24, 28) === "0800")) resolve();
      });
    });
    answerArp(tap);
    socket.send("ping", 9, ourIp);
    await asked;
    const packet = udpPacket({ from: ourIp, to: kernel.ip, port: 7, payload: Buffer.from("pong") });
    const answered = once(socket, "message");
    const taken = tap.write(concat(fromHex(`020000000001 ${ourMac} 0800`), packet));
    return { frames: frames.map((frame) => frame.slice(0, 84)), taken, answer: String(((await answered) as [Buffer])[0]) };
  },

  "full-size frames": async () => {
    const mtu = 9000;
    const tap = await open(mtu);
    const socket = createSocket("udp4").bind(0);
    await once(socket, "listening");
    answerArp(tap);
    const sent = Array.from({ length: 30 }, (_, index) => Buffer.alloc(mtu - 28, index));
    const arrived = new Promise<Uint8Array[]>((resolve) => {
      const payloads: Uint8Array[] = [];
      tap.onFrames((batch) => {
        for (const frame of batch) {
          const payload = etherType(frame) === "0800" ? udpPayloadOf(frame.subarray(14)) : undefined;
          if (payload !== undefined) payloads.push(payload.slice());
        }
        if (payloads.length === sent.length) resolve(payloads);
      });
    });
    // The kernel keeps few packets for a neighbour it is still asking for: the first one goes alone.
    for (const payload of sent) {
      socket.send(payload, 9, ourIp);
      await new Promise(setImmediate);
    }
    const payloads = await arrived;
    return { mtu, whole: payloads.filter((payload, index) => sent[index]?.equals(payload)).length };
  },

  "refused writes": async () => {
    const tap = await open();
    const warnings: string[] = [];
    tap.onWarning(({ code }) => warnings.push(code));
    const frame = concat(fromHex(`020000000001 ${ourMac} 88b5`), new Uint8Array(46));
    const results = { whole: tap.write(frame), header: tap.write(frame.subarray(0, 14)), cut: tap.write(frame.subarray(0, 13)) };
    tap.isUp = false;
    const down = tap.write(frame);
    await tap.close();
    return { ...results, down, closed: tap.write(frame), warnings };
  },

  "deleted under us": async () => {
    const tap = await open();
    const { spawnSync } = await import("node:child_process");
    const told = new Promise<Error | undefined>((resolve) => {
      tap.onClose(resolve);
    });
    spawnSync("ip", ["link", "delete", "tap0"]);
    const error = await told;
    return error instanceof DeviceError ? error.code : String(error);
  },
};

endWithTest();
tell(await cases[process.argv[2] ?? ""]?.());
