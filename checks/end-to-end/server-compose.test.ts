import { describe, expect, it } from "vitest";
import { listenTcp } from "#devices/tcp-listener.ts";
import { ipv4 } from "#kit/addresses.ts";
import { hasReference } from "#launch/implementation.mjs";
import { type ComposedServer, composeServer } from "#server/compose-server.ts";
import type { Link } from "#server/open-link.ts";
import { poolNetwork } from "#server/option-values.ts";
import { connectPeer } from "./server-connect.ts";
import { pingFields, pingPacket } from "./server-packets.ts";
import { askForAddress, message } from "./server-peer.ts";

const dns = ipv4("9.9.9.9");
const config = {
  listen: "[::1]:0",
  link: "memory",
  tunName: "4over6",
  mtu: 1500,
  pool: poolNetwork("13.8.0.0/24", "--pool"),
  dns: [dns, dns, dns],
  maxClients: 10,
} as const;

const portOf = ({ address }: Pick<ComposedServer, "address">) => Number(address.split(":").at(-1));

describe.skipIf(!hasReference)("a composed server", () => {
  it("serves, keeps its books, and stops", async () => {
    const events: string[] = [];
    const server = await composeServer(config, { onEvent: ({ kind }) => events.push(kind) });
    const peer = await connectPeer(portOf(server));
    const address = await askForAddress(peer);
    const ping = pingPacket({ from: address, to: "198.51.100.2" });
    peer.send(message(102, ping));
    expect(pingFields((await peer.next()).data)).toMatchObject({ to: address, type: 0 });
    const traffic = { packets: 1, bytes: ping.length };
    expect(server.users()).toMatchObject([{ session: 1, address, fromClient: traffic, toClient: traffic }]);
    await server.stop();
    await peer.closed;
    expect(server.users()).toEqual([]);
    expect(server.counters()).toMatchObject({ connections: 1, addressesLent: 1, closes: { "server-stopped": 1 }, fromClients: traffic });
    expect(events).toEqual(["connected", "address-lent", "closed"]);
  });

  it("sends heartbeats and gives up silent clients, by the timing that it is given", async () => {
    const server = await composeServer({ ...config, timing: { sendEvery: 100, deadAfter: 1000 } }, { onEvent: () => {} });
    const peer = await connectPeer(portOf(server));
    await askForAddress(peer);
    expect((await peer.next()).type).toBe(104);
    await peer.closed;
    expect(server.counters().closes).toEqual({ "peer-dead": 1 });
    await server.stop();
  });

  it("closes what it has opened when the host cannot be prepared", async () => {
    const free = await listenTcp("[::1]:0");
    await free.close();
    let link: Link | undefined;
    let closed = false;
    const composing = composeServer(
      { ...config, listen: free.address },
      {
        onEvent: () => {},
        prepareHost: (opened) => {
          link = opened;
          link.device.onClose(() => {
            closed = true;
          });
          throw new Error("no host");
        },
      },
    );
    await expect(composing).rejects.toThrow("no host");
    expect(closed).toBe(true);
    expect(link?.device.write(new Uint8Array(20))).toBe(false);
    const again = await listenTcp(free.address);
    await again.close();
  });
});
