import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import { listenTcp } from "#devices/tcp-listener.ts";
import { startTicker } from "#devices/ticker.ts";
import { ipv4 } from "#kit/addresses.ts";
import { createAddressPool } from "#lab-2/address-pool.ts";
import { createSessionTable } from "#lab-2/session-table.ts";
import { runServer } from "#lab-4/run-server.ts";
import { createServerCore } from "#lab-4/server-core.ts";
import { observeCore, observeDevice, observeListener, observeTicker } from "../observe.ts";
import { createObserver } from "../observer.ts";
import { longestMessage } from "../protocol-limits.ts";
import { addresses } from "./addresses.ts";

/**
 * A server of the labs on ::1, with this device.
 *
 * @param note hears of what may explain a failure
 */
export async function startMemoryServer(device: PacketDevice, note: (line: string) => void) {
  const listener = await listenTcp("[::1]:0");
  const sessions = createSessionTable(createAddressPool({ cidr: addresses.pool, reserved: [addresses.poolServer] }));
  const observer = createObserver({
    addressOf: sessions.addressOf,
    onEvent: (event) => {
      if (event.kind === "closed") note(`server: closed a connection (${event.reason})`);
      if (event.kind === "losses") note(`server: dropped ${JSON.stringify(event.losses)}`);
    },
  });
  const core = createServerCore({
    sessions,
    timing: { sendEvery: 20_000, deadAfter: 60_000 },
    route: ipv4("0.0.0.0"),
    dns: [...addresses.dns],
    maxLength: longestMessage,
  });
  const { stop } = runServer({
    listener: observeListener(listener, observer),
    tun: observeDevice(device, observer),
    ticker: observeTicker(startTicker(), observer),
    core: observeCore(core, observer),
  });
  return { address: listener.address, stop, losses: () => observer.counters().losses };
}
