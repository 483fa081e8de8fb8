import type { Check } from "#checks/harness/check.ts";
import { expectEqual } from "#checks/harness/expect.ts";
import { cutEvery } from "#checks/lab-1-codec/chunks.ts";
import { readCapturedTunnel } from "./captured-tunnel.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import { far, packet, packetOfLength } from "./packets.ts";
import type { ShellClient } from "./shell-client.ts";
import { withServer } from "./shell-under-check.ts";
import { badHeader, download, firstBytes, grant, heartbeat, request, upload } from "./wire.ts";

const rule = "docs/lab-4-tun-server.md#the-shell";
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What the client sends, and what an echo of it is. */
const ping = ({ address }: ShellClient, words: string) => packet(address, far, words);
const pong = ({ address }: ShellClient, words: string) => packet(far, address, words);

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.shell-round-trip",
    title: "A packet goes from a client to the device, and the answer back",
    rule,
    hints: [
      "Look at the three listeners: onConnection, onData and onPackets.",
      "Each calls one method of the core. What becomes of what it returns?",
      "Perform every action: a send goes to its connection, a write-tun to the device.",
    ],
    run: withServer(async ({ join, fromInternet, expectAtInternet }) => {
      const client = await join();
      client.send(upload(ping(client, "ping")));
      await expectAtInternet(ping(client, "ping"));
      await fromInternet(pong(client, "pong"));
      await client.expect(download(pong(client, "pong")));
      await client.expectNothingElse();
    }),
  },
  {
    id: "lab-4.shell-two-clients",
    title: "Two clients are served at once, each with its own packets",
    rule,
    hints: [
      "Look at how you find the connection of a send.",
      "The action names the session.",
      "Keep a Map from id to connection, filled in onConnection.",
    ],
    run: withServer(async ({ join, fromInternet, expectAtInternet }) => {
      const [a, b] = [await join(), await join()];
      for (const index of numbers(10)) {
        a.send(upload(ping(a, `a${index}`)));
        await expectAtInternet(ping(a, `a${index}`));
        b.send(upload(ping(b, `b${index}`)));
        await expectAtInternet(ping(b, `b${index}`));
        await fromInternet(pong(b, `b${index}`), pong(a, `a${index}`));
      }
      await a.expect(...numbers(10).map((index) => download(pong(a, `a${index}`))));
      await b.expect(...numbers(10).map((index) => download(pong(b, `b${index}`))));
      await a.expectNothingElse();
      await b.expectNothingElse();
    }),
  },
  {
    id: "lab-4.shell-bytewise-and-glued",
    title: "Bytes may come one by one, or thirty messages at once",
    rule,
    hints: [
      "Look at onData: what is a chunk?",
      "A chunk is not a message.",
      "Give every chunk to the core as it comes, whatever is in it.",
    ],
    run: withServer(async ({ join, untilHeard, expectAtInternet }) => {
      const client = await join();
      let sent = request.bytes.length;
      let waits = true;
      for (const bytes of cutEvery(upload(ping(client, "slow")).bytes, 1)) {
        client.send({ bytes, words: "a byte" });
        sent += bytes.length;
        // Not once more for a server that hears nothing.
        waits &&= await untilHeard(sent);
      }
      await expectAtInternet(ping(client, "slow"));
      client.send(...numbers(30).map((index) => upload(ping(client, `glued ${index}`))));
      await expectAtInternet(...numbers(30).map((index) => ping(client, `glued ${index}`)));
    }),
  },
  {
    id: "lab-4.shell-batch",
    title: "Every packet of a batch is delivered, in order",
    rule,
    hints: [
      "Look at onPackets: the device hands over many packets at once.",
      "Their bytes are borrowed: when you return, they are overwritten (a5 a5 a5).",
      "Loop over the batch, and act on each packet before you return.",
    ],
    run: withServer(async ({ join, fromInternet }) => {
      const client = await join();
      const batch = numbers(50).map((index) => pong(client, `packet ${index}`));
      await fromInternet(...batch);
      await client.expect(...batch.map(download));
      await client.expectNothingElse();
    }),
  },
  {
    id: "lab-4.shell-heartbeat",
    title: "Ticks become heartbeats, and silence becomes an end",
    rule,
    hints: [
      "Look at the ticker: who hears its ticks?",
      "It tells how much time has passed; the core knows what that means.",
      "Write ticker.onTick((elapsed) => perform(core.tick(elapsed))).",
    ],
    run: withServer(async ({ join, tick }) => {
      const client = await join();
      await tick(20_000);
      await client.expect(heartbeat);
      await tick(40_001);
      await client.expectClosed();
    }),
  },
  {
    id: "lab-4.shell-close",
    title: "When the core closes a session, its connection is closed",
    rule,
    hints: [
      "Look at the action close: what do you do with it?",
      "It names the session.",
      "Write connections.get(action.session)?.close().",
    ],
    run: withServer(async ({ join, expectAtInternet }) => {
      const [broken, other] = [await join(), await join()];
      broken.send(upload(ping(broken, "still good")), badHeader);
      await expectAtInternet(ping(broken, "still good"));
      await broken.expectClosed();
      other.send(upload(ping(other, "untouched")));
      await expectAtInternet(ping(other, "untouched"));
    }),
  },
  {
    id: "lab-4.shell-fin-and-reset",
    title: "After a FIN, a reset and a framing error the address comes back",
    rule,
    hints: [
      "Look at the connection's onClose.",
      "The core cannot know that a client has left unless somebody tells it.",
      "In onClose forget the connection, and perform(core.disconnect(id)).",
    ],
    run: withServer(async ({ join, untilOpen }) => {
      const [finished, reset, broken, ...others] = [await join(), await join(), await join(), await join(), await join()];
      finished.finish();
      await finished.expectClosed();
      reset.send(firstBytes(9, upload(ping(reset, "never whole"))));
      reset.reset();
      await untilOpen(3);
      broken.send(badHeader);
      await broken.expectClosed();
      const lent = [await join(), await join(), await join()].map(({ address }) => address);
      expectEqual(lent.toSorted(), [finished, reset, broken].map(({ address }) => address).toSorted(), "the addresses lent again");
      for (const other of others) await other.expectNothingElse();
    }),
  },
  {
    id: "lab-4.shell-slow-client",
    title: "A client that reads nothing does not disturb the others, and is not closed",
    rule,
    hints: ["Look at what you do when write() gives false.", "Waiting for one client is waiting for all.", "Count the loss and go on."],
    run: withServer(
      async ({ join, flood, bytesTaken, fromInternet, expectAtInternet }) => {
        const [slow, quick] = [await join(), await join()];
        slow.pause();
        await flood(slow);
        for (const round of numbers(5)) {
          await fromInternet(packetOfLength(1400, far, slow.address), pong(quick, `round ${round}`));
          await quick.expect(download(pong(quick, `round ${round}`)));
          quick.send(upload(ping(quick, `round ${round}`)));
          await expectAtInternet(ping(quick, `round ${round}`));
        }
        await slow.resumeAndExpectAnswer(await bytesTaken(slow));
      },
      { maxQueuedBytes: 64 * 1024 },
    ),
  },
  {
    id: "lab-4.shell-stop",
    title: "After stop() clock, connections, listener and device are closed; twice is once",
    rule,
    hints: [
      "Look at stop(): what did the server open, or was given?",
      "Four things are open: clock, connections, listener, device.",
      "Close all four, wait for listener and device, and give the same promise when called again.",
    ],
    run: withServer(async ({ join, tick, stop, expectNoConnections }) => {
      const [a, b] = [await join(), await join()];
      await stop();
      await a.expectClosed();
      await b.expectClosed();
      await tick(20_000);
      await expectNoConnections();
    }),
  },
  {
    id: "lab-4.shell-device-gone",
    title: "When the device is deleted, the server stops",
    rule,
    hints: ["Look at the device's onClose.", "Without a device there is nothing left to serve.", "Call your own stop() there."],
    run: withServer(async ({ join, deleteDevice, expectNoConnections }) => {
      const client = await join();
      await deleteDevice();
      await client.expectClosed();
      await expectNoConnections();
    }),
  },
  {
    id: "lab-4.shell-captured-client",
    title: "The recorded client's exact bytes, in one piece: its packets reach the internet, the answers come back",
    rule,
    hints: [
      "Look at the other shell checks first: they say more about single steps.",
      "This is what a public client wrote in 41 seconds: a request, heartbeats, pings and a download.",
      "Give every chunk to the core as it comes, and perform all actions in order.",
    ],
    run: withServer(async ({ join, fromInternet, expectAtInternet }) => {
      const { stream, up, down } = await readCapturedTunnel("session-a");
      const client = await join();
      client.send({ bytes: stream, words: `the ${stream.length} bytes of the recorded client` });
      await expectAtInternet(...up);
      await client.expect(grant("13.8.0.2"));
      await fromInternet(...down);
      await client.expect(...down.map(download));
      await client.expectNothingElse();
    }),
  },
];
