import { createServer, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { connectPeer, type Peer } from "./peer.ts";
import { heartbeat, ipResponse, message } from "./wire.ts";

/** A peer of a server that does `act` with its connection. */
async function peerOf(act: (socket: Socket) => void): Promise<Peer> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    act(socket);
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "::1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const peer = await connectPeer({ name: "a client", at: { host: "::1", port }, patience: 60_000, tell: () => {} });
  onTestFinished(() => peer.drop());
  return peer;
}

/** Sends heartbeats for as long as somebody takes them. */
function flood(socket: Socket): void {
  const many = Buffer.concat(Array.from({ length: 10_000 }, () => message(heartbeat)));
  const more = (): void => {
    while (!socket.destroyed && socket.write(many));
  };
  socket.on("drain", more);
  more();
}

it("gives up on a server that sends without end, and says what came", async () => {
  const peer = await peerOf(flood);
  await expect(peer.next("a 101", ({ type }) => type === ipResponse)).rejects.toMatchObject({
    message: "the server sends to a client without end: more than 100000 messages that nothing has asked for",
    detail: [{ kind: "got", text: "the last of them: 104 heartbeat" }],
  });
  await expect(peer.endsWithin(60_000)).rejects.toThrow("without end");
  expect(peer.inbox).toEqual([]);
});

it("takes what was asked for out of many messages that were not", async () => {
  const peer = await peerOf((socket) => {
    socket.write(Buffer.concat([...Array.from({ length: 50_000 }, () => message(heartbeat)), message(ipResponse)]));
  });
  expect((await peer.next("a 101", ({ type }) => type === ipResponse)).type).toBe(ipResponse);
  expect(peer.inbox.length).toBe(50_000);
});
