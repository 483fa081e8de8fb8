import type { Listener } from "#contract/lab-4-tun-server.ts";
import type { SessionId } from "#contract/vocabulary.ts";
import { createManualTicker } from "#devices/manual-ticker.ts";
import { createMemoryLink } from "#devices/memory-link.ts";
import { ipv4 } from "#kit/addresses.ts";
import { fromHex } from "#kit/bytes.ts";
import { createAddressPool } from "#lab-2/address-pool.ts";
import { createSessionTable } from "#lab-2/session-table.ts";
import { runServer } from "#lab-4/run-server.ts";
import { createServerCore } from "#lab-4/server-core.ts";
import { longestMessage } from "./protocol-limits.ts";

const request = fromHex("05000000 64");
const packet = fromHex("4500001c 00000000 40010000 0d080002 0d080002 0800f7ff 00000000");
const internetRequest = Uint8Array.of(5 + packet.length, 0, 0, 0, 102, ...packet);
const heartbeat = fromHex("05000000 68");

/**
 * Plays a session of one client to the labs, in memory: whichever is not done yet throws its `NotImplemented` here, before the host is touched,
 * and not in the face of the first client. What the labs answer is not looked at; that is what the checks are for.
 */
export function tryLabs(): void {
  const sessions = createSessionTable(createAddressPool({ cidr: "13.8.0.0/30", reserved: [ipv4("13.8.0.1")] }));
  const dns = ipv4("13.8.0.1");
  const core = createServerCore({
    sessions,
    timing: { sendEvery: 20_000, deadAfter: 60_000 },
    route: ipv4("0.0.0.0"),
    dns: [dns, dns, dns],
    maxLength: longestMessage,
  });
  const client = 1 as SessionId;
  core.connect(client);
  for (const message of [request, internetRequest, heartbeat]) core.receive(client, message);
  core.receiveFromTun(packet);
  core.tick(20_000);
  core.disconnect(client);

  const nobody: Listener = { address: "[::1]:0", onError: () => {}, onConnection: () => {}, close: async () => {} };
  const shell = runServer({ listener: nobody, tun: createMemoryLink().near, ticker: createManualTicker(), core });
  // Nobody waits: how a shell stops is not the question here.
  shell.stop().catch(() => undefined);
}
