// What a real TUN device does, told to the test that started this program in a network of its own. Argument: which of the cases.
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { DeviceError } from "#devices/device-error.ts";
import { type LinuxDeviceOptions } from "#devices/linux-open.ts";
import { openTap } from "#devices/linux-tap.ts";
import { openTun, type TunDevice } from "#devices/linux-tun.ts";
import { ipv4 } from "#kit/addresses.ts";
import { endWithTest, tell } from "./child-side.ts";
import { udpPacket, udpPayloadOf } from "./ip-packets.ts";

const server = { name: "4over6", mtu: 1500, ipv4: "13.8.0.1/24", isUp: true } satisfies LinuxDeviceOptions;
const client = "13.8.0.2";

async function bound(port = 0): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.bind(port);
  await once(socket, "listening");
  return socket;
}

const sendTo = (socket: Socket, bytes: Uint8Array) =>
  new Promise((resolve) => {
    socket.send(bytes, 9, client, resolve);
  });

const numbered = (number: number, length: number) => {
  const bytes = Buffer.alloc(length, number);
  bytes.writeUInt32BE(number, 0);
  return bytes;
};

/** UDP payloads as they come out of the device, batch by batch, until `count` are there. */
function payloadBatches(tun: TunDevice, count: number): Promise<Uint8Array[][]> {
  return new Promise((resolve) => {
    const batches: Uint8Array[][] = [];
    tun.onPackets((packets) => {
      const payloads = packets.flatMap((packet) => udpPayloadOf(packet)?.slice() ?? []);
      if (payloads.length > 0) batches.push(payloads);
      if (batches.flat().length >= count) resolve(batches);
    });
  });
}

const refusal = async (attempt: Promise<unknown>) =>
  attempt.then(
    () => "no error",
    (error: unknown) => (error instanceof DeviceError ? { code: error.code, message: error.message } : String(error)),
  );

const thrown = (attempt: () => unknown) => {
  try {
    attempt();
    return "no error";
  } catch (error) {
    return error instanceof DeviceError ? { code: error.code, message: error.message } : String(error);
  }
};

const properties = ({ name, mtu, ipv4, ipv6, mac, isUp, existedBefore }: TunDevice) => ({
  name,
  mtu,
  ipv4,
  ipv6,
  mac,
  isUp,
  existedBefore,
});

const cases: Readonly<Record<string, () => Promise<unknown>>> = {
  properties: async () => {
    const tun = await openTun({ name: "4over6" });
    const atFirst = properties(tun);
    tun.mtu = 1400;
    tun.ipv4 = "13.8.0.1/24";
    tun.ipv6 = "fd46::1/64";
    tun.isUp = true;
    const asSet = properties(tun);
    const { "4over6": addresses = [] } = networkInterfaces();
    const seenByNode = addresses.filter(({ address }) => !address.startsWith("fe80")).map(({ cidr }) => cidr);
    tun.ipv4 = "10.0.0.1/30";
    tun.ipv6 = "fd47::1/96";
    const changed = properties(tun);
    tun.ipv4 = undefined;
    tun.ipv6 = undefined;
    const takenBack = properties(tun);
    tun.isUp = false;
    await tun.release();
    const released = properties(tun);
    return { atFirst, asSet, seenByNode, changed, takenBack, released, left: networkInterfaces()["4over6"] ?? "nothing" };
  },

  "named by the kernel": async () => {
    const devices = [await openTun(), await openTun()];
    return devices.map(({ name }) => name);
  },

  "batches in order": async () => {
    const tun = await openTun(server);
    const socket = await bound();
    // All of them wait in the kernel before anybody listens.
    await Promise.all(Array.from({ length: 300 }, (_, index) => sendTo(socket, numbered(index, 100))));
    const batches = await payloadBatches(tun, 300);
    return { sizes: batches.map(({ length }) => length), numbers: batches.flat().map((payload) => Buffer.from(payload).readUInt32BE(0)) };
  },

  "full-size packets": async () => {
    const results = [];
    for (const mtu of [1500, 9000, 65_535]) {
      const tun = await openTun({ ...server, mtu });
      const socket = await bound();
      const count = 40;
      const arrived = payloadBatches(tun, count);
      const sent = Array.from({ length: count }, (_, index) => numbered(index, mtu - 28));
      for (const payload of sent) await sendTo(socket, payload);
      const payloads = (await arrived).flat();
      results.push({ mtu, whole: payloads.filter((payload, index) => sent[index]?.equals(payload)).length });
      socket.close();
      await tun.close();
    }
    return results;
  },

  write: async () => {
    const tun = await openTun({ ...server, mtu: 65_535 });
    const socket = await bound(7);
    const received: { from: string; length: number; first: number }[] = [];
    const done = new Promise<void>((resolve) => {
      socket.on("message", (message, { address }) => {
        received.push({ from: address, length: message.length, first: message.readUInt32BE(0) });
        if (received.length === 4) resolve();
      });
    });
    const lengths = [100, 1472, 9000, 65_507];
    const taken = lengths.map((length, index) =>
      tun.write(udpPacket({ from: client, to: "13.8.0.1", port: 7, payload: numbered(index, length) })),
    );
    await done;
    return { taken, received };
  },

  "refused writes": async () => {
    const tun = await openTun(server);
    const warnings: string[] = [];
    tun.onWarning(({ code }) => warnings.push(code));
    const packet = udpPacket({ from: client, to: "13.8.0.1", port: 7, payload: numbered(1, 10) });
    const empty = tun.write(new Uint8Array(0));
    const badVersion = tun.write(new Uint8Array(40).fill(0x15));
    const atFirst = tun.write(packet);
    tun.isUp = false;
    const down = [tun.write(packet), tun.write(packet)];
    tun.isUp = true;
    const upAgain = tun.write(packet);
    tun.isUp = false;
    const downAgain = tun.write(packet);
    await tun.close();
    return { empty, badVersion, atFirst, down, upAgain, downAgain, closed: tun.write(packet), warnings };
  },

  "deleted under us": async () => {
    const tun = await openTun(server);
    tun.onPackets(() => {});
    return deletedUnder(tun);
  },

  "deleted before anybody listens": async () => deletedUnder(await openTun(server)),

  "close tells once": async () => {
    const tun = await openTun(server);
    const told: unknown[] = [];
    tun.onClose((error) => told.push(error ?? "no error"));
    await Promise.all([tun.close(), tun.close(), tun.release()]);
    // Nothing holds the process any more: it ends by itself after this.
    process.stdin.destroy();
    return told;
  },

  "an exception is not swallowed": async () => {
    const tun = await openTun(server);
    tun.onPackets(() => {
      throw new Error("from the listener");
    });
    const caught = once(process, "uncaughtException");
    await sendTo(await bound(), numbered(1, 10));
    return ((await caught) as [Error])[0].message;
  },

  "microtasks and timers run between batches": async () => {
    const tun = await openTun(server);
    const story: string[] = [];
    const socket = await bound();
    const done = new Promise<void>((resolve) => {
      tun.onPackets((packets) => {
        if (!packets.some((packet) => udpPayloadOf(packet) !== undefined)) return;
        story.push("batch");
        queueMicrotask(() => story.push("microtask"));
        process.nextTick(() => story.push("nextTick"));
        setImmediate(() => {
          story.push("immediate");
          resolve();
        });
      });
    });
    await sendTo(socket, numbered(1, 10));
    await done;
    return story;
  },

  names: async () => ({
    long: await refusal(openTun({ name: "a-name-of-16-byt" })),
    umlaut: await refusal(openTun({ name: "ääääääää" })),
    longest: (await openTun({ name: "a-name-of-15-by" })).name,
    slash: await refusal(openTun({ name: "a/b" })),
    space: await refusal(openTun({ name: "a b" })),
    percent: await refusal(openTun({ name: "tun%d" })),
    dots: await refusal(openTun({ name: ".." })),
    loopback: await refusal(openTun({ name: "lo" })),
  }),

  "in use": async () => {
    await openTun(server);
    return { again: await refusal(openTun(server)), asTap: await refusal(openTap({ name: "4over6" })) };
  },

  "bad settings": async () => {
    const tun = await openTun(server);
    const results = {
      mtu: thrown(() => {
        tun.mtu = 10;
      }),
      fraction: thrown(() => {
        tun.mtu = 1499.5;
      }),
      ipv4: thrown(() => {
        tun.ipv4 = "13.8.0.1";
      }),
      ipv6: thrown(() => {
        tun.ipv6 = "13.8.0.1/24";
      }),
      unchanged: properties(tun),
      atOpening: await refusal(openTun({ name: "other", ipv4: "13.8.0.256/24" })),
      left: await refusal(openTun({ name: "other" })),
    };
    await tun.close();
    return {
      ...results,
      afterClose: thrown(() => {
        tun.mtu = 1400;
      }),
    };
  },

  routes: async () => {
    const tun = await openTun(server);
    const route = { to: "198.51.100.7/24" };
    const added = [tun.addRoute(route), tun.addRoute(route)];
    const arrived = payloadBatches(tun, 1);
    const socket = await bound();
    await new Promise((resolve) => {
      socket.send("through", 9, "198.51.100.9", resolve);
    });
    const through = Buffer.from((await arrived).flat()[0] ?? []).toString();
    const removed = [tun.removeRoute(route), tun.removeRoute(route)];
    const unreachable = await new Promise((resolve) => {
      socket.send("lost", 9, "198.51.100.9", (error) => resolve(error !== null && "code" in error ? error.code : error));
    });
    return {
      added,
      through,
      removed,
      unreachable,
      farGateway: thrown(() => tun.addRoute({ to: "192.0.2.0/24", via: ipv4("203.0.113.1") })),
      everything: tun.addRoute({ to: "0.0.0.0/0" }),
      gateway: tun.addRoute({ to: "203.0.113.0/24", via: ipv4("13.8.0.9") }),
      noNetwork: thrown(() => tun.addRoute({ to: "everywhere" })),
    };
  },

  refusal: async () => refusal(openTun(server)),

  "a device that was there": async () => {
    const name = process.argv[3] ?? "";
    const tun = await openTun({ ...server, name });
    const before = properties(tun);
    await tun.close();
    return before;
  },

  "wait to be killed": async () => {
    await openTun(server);
    return "waiting";
  },
};

async function deletedUnder(tun: TunDevice) {
  const told = new Promise<Error | undefined>((resolve) => {
    tun.onClose(resolve);
  });
  const { spawnSync } = await import("node:child_process");
  if (spawnSync("ip", ["link", "delete", "4over6"]).status !== 0) return "there is no ip program";
  const error = await told;
  return {
    code: error instanceof DeviceError ? error.code : String(error),
    message: error?.message,
    write: tun.write(udpPacket({ from: client, to: "13.8.0.1", port: 7, payload: new Uint8Array(9) })),
    after: properties(tun),
  };
}

const name = process.argv[2] ?? "";
// Who is to be killed must not end by itself first.
if (name !== "wait to be killed") endWithTest();
tell(await cases[name]?.());
