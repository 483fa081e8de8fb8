import type { AddressGrant, Message } from "#contract/lab-1-codec.ts";
import type { Ipv4Address } from "#contract/vocabulary.ts";
import { recordPackets } from "#devices/pcap-recorder.ts";
import { createPcapWriter } from "#devices/pcap-writer.ts";
import { startTicker } from "#devices/ticker.ts";
import { counted } from "#kit/counted.ts";
import type { ClientOptions } from "../client-options.ts";
import type { Log } from "../log.ts";
import { summarize } from "../packet-summary.ts";
import type { ClientJournal } from "./client-change.ts";
import { connectTcp } from "./connect-tcp.ts";
import { memoryPing } from "./memory-ping.ts";
import { type ClientLink, openClientLink } from "./open-client-link.ts";
import { type RunningClient, runClient } from "./run-client.ts";
import { setUpHost } from "./set-up-host.ts";
import { TunnelError } from "./tunnel-error.ts";

const messageNumbers: Readonly<Record<Message["type"], number>> = {
  "ip-request": 100,
  "ip-response": 101,
  "internet-request": 102,
  "internet-response": 103,
  heartbeat: 104,
};

/**
 * Connects and starts the client. Rejects with an error whose message is a sentence when the device or the server cannot be had; nothing
 * stays open then.
 */
export async function connectClient(options: ClientOptions, journal: ClientJournal | undefined, log: Log): Promise<RunningClient> {
  const link = await openClientLink(options);
  try {
    log.info({ server: options.server, link: options.link }, "connecting");
    const connection = await connectTcp(options.server, options.timeout);
    log.info({ server: connection.remoteAddress }, "connected");
    const tun = options.pcap === undefined ? link.device : recordPackets(link.device, await openRecording(options.pcap, log));
    if (link.kind === "tun") link.device.onWarning((error) => log.warn({ note: error.message }, "device"));

    const useGrant = (grant: AddressGrant): void => {
      const { address, route, dns } = grant;
      log.info({ address, route, dns }, "address granted");
      if (!canBeLent(address))
        throw new TunnelError("no-grant", `${options.server} lends ${address}, which no host can have; its pool must be another network.`);
      if (link.kind === "memory") return startPings(link, grant);
      if (journal === undefined) return;
      for (const { what, note, warning } of setUpHost({
        tun: link.device,
        libc: link.libc,
        grant,
        options,
        remoteAddress: connection.remoteAddress,
        journal,
      })) {
        log.info({ note }, what);
        if (warning !== undefined) log.warn({ note: warning }, what);
      }
      log.info({ address, note: "Ctrl+C stops it" }, "ready");
    };
    const startPings = ({ far }: ClientLink & { kind: "memory" }, { address }: AddressGrant): void => {
      if (options.ping === undefined) return log.info({ address, note: "Ctrl+C stops it" }, "ready");
      const { address: to, count } = options.ping;
      void memoryPing({ device: far, from: address, to, count, print: console.log }).then((received) =>
        client.stop(received > 0 ? undefined : new TunnelError("ping-unanswered", `${to} answered none of ${counted(count, "ping")}.`)),
      );
    };
    const client = runClient({
      connection,
      tun,
      ticker: startTicker(),
      server: options.server,
      timeout: options.timeout,
      useGrant,
      ...(log.isLevelEnabled("trace") ? { onMessage: traceMessages(log) } : {}),
    });
    return client;
  } catch (error) {
    await link.device.close();
    throw error;
  }
}

/** Not "this network", loopback, a group, or broadcast (RFC 1122 section 3.2.1.3). Linux would take some of these. */
function canBeLent(address: Ipv4Address): boolean {
  const first = Number.parseInt(address, 10);
  return first !== 0 && first !== 127 && (first < 224 || first >= 240) && address !== "255.255.255.255";
}

function openRecording(path: string, log: Log) {
  return createPcapWriter(path, { linkType: "raw-ip", onProblem: (error) => log.warn({ note: error.message }, "recording") });
}

/** One line a message, with what its packet is. */
function traceMessages(log: Log): (direction: "sent" | "received", message: Message) => void {
  return (direction, message) =>
    log.trace({ type: messageNumbers[message.type], ...("packet" in message ? { packet: summarize(message.packet) } : {}) }, direction);
}
