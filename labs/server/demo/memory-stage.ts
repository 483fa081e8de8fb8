import type { AddressGrant } from "#contract/lab-1-codec.ts";
import { createMemoryLink } from "#devices/memory-link.ts";
import { recordPackets } from "#devices/pcap-recorder.ts";
import { createFinalSignal } from "#devices/signal.ts";
import { startTicker } from "#devices/ticker.ts";
import { connectTcp } from "../client/connect-tcp.ts";
import { runClient } from "../client/run-client.ts";
import { createMemoryHost } from "../memory-host/memory-host.ts";
import { addresses } from "./addresses.ts";
import { StoryError } from "./lab-at-fault.ts";
import { startMemoryServer } from "./memory-server.ts";
import { createPacketRecording } from "./packet-recording.ts";
import { play, tell, tellMessage, unanswered, within } from "./stage.ts";
import { pingCount, pingInterval, pingPatience, stepPatience } from "./story.ts";
import { tryAllLabs } from "./try-all-labs.ts";
import { createWebServer, download } from "./web-page.ts";

/*
 * The demo in one process. The connection between client and server is real, over ::1; in place of the two TUN devices there are links in
 * memory, with a small computer at the far end of each.
 */

const mtu = 1500;
const notes: string[] = [];

async function story(): Promise<void> {
  tryAllLabs();
  const web = createWebServer((visitor, page) => tell({ kind: "served", visitor, ...page }));
  const internet = createMemoryLink({ mtu, autoFlush: true });
  createMemoryHost(internet.far, addresses.web).listen(80, (stream, peer) =>
    web.emit("connection", Object.assign(stream, { remoteAddress: peer })),
  );
  const serverRecording = createPacketRecording();
  const server = await startMemoryServer(recordPackets(internet.near, serverRecording), (note) => notes.push(note));
  tell({ kind: "network", client: "::1", server: server.address, router: addresses.router, web: addresses.web });
  tell({ kind: "listening", address: server.address, nat: "none" });

  tell({ kind: "chapter", chapter: "connect" });
  const desk = createMemoryLink({ mtu, autoFlush: true });
  const clientRecording = createPacketRecording();
  const { client, grant } = await connectClient(server.address, recordPackets(desk.near, clientRecording));
  const visitor = createMemoryHost(desk.far, grant.address);

  const ping = async (sequence: number): Promise<number> => {
    const sentAt = performance.now();
    const reply = new Promise<void>((resolve) => visitor.ping(addresses.web, sequence, resolve));
    await within(pingPatience, reply, unanswered(sequence));
    return performance.now() - sentAt;
  };

  tell({ kind: "chapter", chapter: "ping" });
  for (let sequence = 1; sequence <= pingCount; sequence++) {
    tell({ kind: "pong", sequence, milliseconds: await ping(sequence) });
    await new Promise((resolve) => setTimeout(resolve, pingInterval));
  }

  tell({ kind: "chapter", chapter: "page" });
  const startedAt = performance.now();
  const page = await download(addresses.web, stepPatience, () => visitor.connect(addresses.web, 80));
  tell({ kind: "downloaded", ...page, milliseconds: performance.now() - startedAt });

  tell({ kind: "chapter", chapter: "end" });
  // Nothing overtakes it: when the answer is here, everything before it has passed both ends.
  await ping(pingCount + 1);
  client.stop();
  await within(stepPatience, Promise.all([client.ended, server.stop()]), "The server did not stop when it was told to.");
  tell({ kind: "recorded", end: "client", linkType: "raw-ip", packets: clientRecording.packets });
  tell({ kind: "recorded", end: "server", linkType: "raw-ip", packets: serverRecording.packets });
}

type Tun = Parameters<typeof runClient>[0]["tun"];

/** Connects, and waits for the grant. */
async function connectClient(server: string, tun: Tun) {
  const granted = createFinalSignal<AddressGrant>();
  const connection = await connectTcp(server, stepPatience);
  const client = runClient({
    connection,
    tun,
    ticker: startTicker(),
    server,
    timeout: stepPatience,
    useGrant: granted.emit,
    onMessage: tellMessage,
  });
  const grant = await Promise.race([
    new Promise<AddressGrant>(granted.on),
    client.ended.then(() => Promise.reject(new StoryError("The client stopped."))),
  ]);
  tell({ kind: "granted", ...grant });
  // Whatever ends the tunnel from now on ends the story.
  client.ended.catch((error: unknown) => {
    setImmediate(() => {
      throw error;
    });
  });
  return { client, grant };
}

await play(story, () => notes);
