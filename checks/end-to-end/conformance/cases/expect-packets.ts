import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Client } from "../client/client.ts";
import { readUdp } from "../client/packets.ts";
import { internetResponse } from "../client/wire.ts";
import { packetWords } from "../client/words.ts";
import type { Exam } from "../exam.ts";

let lastMark = 0;

/**
 * Sends a datagram to the client, waits for it, and looks at what came before it: there must be nothing of what is not expected. So the
 * suite need not wait to see that nothing comes.
 */
export async function requireNothingFor(
  client: Client,
  { deliver }: Pick<Exam, "deliver">,
  unwanted: string,
  isUnwanted: (packet: Buffer) => boolean,
): Promise<void> {
  const mark = new TextEncoder().encode(`mark ${++lastMark}`);
  await deliver(client, [mark]);
  const text = Buffer.from(mark);
  await client.next(
    `${client.name} to get a packet that is sent to it`,
    ({ data }) => readUdp(data) !== undefined && text.equals(readUdp(data) ?? text),
  );
  refuse(client, unwanted, isUnwanted);
}

/** Fails when a packet of this kind has come. */
function refuse(client: Client, unwanted: string, isUnwanted: (packet: Buffer) => boolean): void {
  const found = client.inbox.find(({ type, data }) => type === internetResponse && isUnwanted(Buffer.from(data)));
  if (found === undefined) return;
  throw new CheckFailure(`${client.name} got ${unwanted}`, [{ kind: "got", text: `  ${packetWords(found.data)}` }]);
}

/** Fails when a client has got a packet that is for somebody else. */
export function requireOwnPackets(client: Client): void {
  const own = Buffer.from(client.address.split(".").map(Number));
  refuse(client, "a packet that is not for it", (packet) => packet.length >= 20 && !packet.subarray(16, 20).equals(own));
}
