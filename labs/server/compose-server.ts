import type { AddressGrant } from "#contract/lab-1-codec.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { listenTcp } from "#devices/tcp-listener.ts";
import { startTicker } from "#devices/ticker.ts";
import { ipv4 } from "#kit/addresses.ts";
import { createAddressPool } from "#lab-2/address-pool.ts";
import { createSessionTable } from "#lab-2/session-table.ts";
import { runServer } from "#lab-4/run-server.ts";
import { createServerCore } from "#lab-4/server-core.ts";
import type { Counters } from "./counters.ts";
import { observeCore, observeDevice, observeListener, observeTicker } from "./observe.ts";
import { createObserver } from "./observer.ts";
import { type Link, type LinkOptions, openLink } from "./open-link.ts";
import { packetDeviceOn } from "./packet-device.ts";
import { longestMessage } from "./protocol-limits.ts";
import type { ServerEvent } from "./server-events.ts";
import type { User } from "./user.ts";

export type ServerConfig = LinkOptions & {
  readonly listen: string;
  readonly dns: AddressGrant["dns"];
  readonly maxClients: number;
  /** The capture file that the device's packets, or frames, are recorded to. */
  readonly pcap?: string | undefined;
  /** Heartbeats every 20 s and eviction after 60 s if left out, as the protocol wants it. */
  readonly timing?: { readonly sendEvery: Millis; readonly deadAfter: Millis };
};

export type ServerHooks = {
  readonly onEvent: (event: ServerEvent) => void;
  /** Prepares the host for the link, before the first packet. When it throws, everything is closed again. */
  readonly prepareHost?: (link: Link) => void;
};

export type ComposedServer = {
  /** Where it listens: `[::1]:5678`. */
  readonly address: string;
  /** Who is connected now. */
  readonly users: () => readonly User[];
  readonly counters: () => Counters;
  /** Closes connections, listener and device. */
  readonly stop: () => Promise<void>;
};

/** How many bytes may wait for one slow client: a second or so of a fast download. */
const maxQueuedBytes = 1024 * 1024;

/**
 * Puts the labs and the devices together: one running server. Rejects with a `DeviceError` when a device cannot be had, and with whatever the
 * labs or `prepareHost` throw; nothing stays open then.
 */
export async function composeServer(config: ServerConfig, { onEvent, prepareHost }: ServerHooks): Promise<ComposedServer> {
  const opened: (() => Promise<void>)[] = [];
  try {
    const pool = createAddressPool({ cidr: config.pool.cidr, reserved: [config.pool.serverAddress] });
    const sessions = createSessionTable(pool);
    const observer = createObserver({ addressOf: sessions.addressOf, onEvent });
    const ticker = startTicker();
    opened.push(async () => ticker.stop());
    const listener = await listenTcp(config.listen, { maxConnections: config.maxClients, maxQueuedBytes });
    opened.push(listener.close);
    const link = await openLink(config);
    opened.push(link.device.close);
    const device = await packetDeviceOn(link, {
      pcap: config.pcap,
      onRecordingProblem: (error) => onEvent({ kind: "recording-problem", error }),
      ticker,
      onLoss: observer.lostOnLink,
    });
    opened.push(device.close);
    prepareHost?.(link);

    const core = createServerCore({
      sessions,
      timing: config.timing ?? { sendEvery: 20_000, deadAfter: 60_000 },
      route: ipv4("0.0.0.0"),
      dns: config.dns,
      maxLength: longestMessage,
    });
    const server = runServer({
      listener: observeListener(listener, observer),
      tun: observeDevice(device, observer),
      ticker: observeTicker(ticker, observer),
      core: observeCore(core, observer),
    });
    device.onClose((error) => {
      if (error !== undefined) onEvent({ kind: "device-lost", error });
    });
    if (link.kind !== "memory") link.device.onWarning((error) => onEvent({ kind: "device-warning", error }));

    const stop = async (): Promise<void> => {
      const gone = observer.stopping();
      await server.stop();
      // The shell has closed both, if it is right. Closing twice does no harm.
      await Promise.all([listener.close(), device.close(), gone]);
    };
    return { address: listener.address, users: observer.users, counters: observer.counters, stop };
  } catch (error) {
    for (const close of opened.toReversed()) await close();
    throw error;
  }
}
