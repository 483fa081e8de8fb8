import { concat } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import type { ConformanceCase } from "../case.ts";
import { udpPacket } from "../client/packets.ts";
import { internetRequest, lyingMessage, message } from "../client/wire.ts";
import { requireNothingFor } from "./expect-packets.ts";

/** A 102 whose length cannot be right: the stream is lost, and the server says so by closing. */
function wrongLength(id: string, length: number, follow: number, title: string, why: string): ConformanceCase {
  return {
    id,
    title,
    rule: "docs/protocol.md#framing",
    why,
    run: async ({ client: newClient }) => {
      const client = await newClient("A");
      const bytes = lyingMessage(length, internetRequest, new Uint8Array(follow).fill(0x41));
      client.send(bytes, `102 whose length says ${length}, and ${counted(follow, "byte")}`);
      await client.ended("the server to close a connection whose framing is lost");
    },
  };
}

const beforeStillActs: ConformanceCase = {
  id: "before-wrong-length",
  title: "What came before a framing error is still carried out",
  rule: "docs/protocol.md#closing",
  why: "The messages in front of the error were right, and may have come in the same read by chance. Throwing them away makes the result depend on how TCP cuts the stream.",
  run: async ({ client: newClient, requireRouting }) => {
    requireRouting();
    const receiver = await newClient("B");
    const client = await newClient("A");
    const packet = udpPacket(client.address, receiver.address, 9, new TextEncoder().encode("before the error"));
    const bytes = concat(message(internetRequest, packet), lyingMessage(0, internetRequest));
    client.send(bytes, `102 with a packet for ${receiver.address}, and a 102 whose length says 0`);
    await client.ended("the server to close a connection whose framing is lost");
    await receiver.next("B to get the packet that A sent before the error", ({ data }) => Buffer.from(data).includes("before the error"));
  },
};

const afterIsSilent: ConformanceCase = {
  id: "after-wrong-length",
  title: "What comes after a framing error is not carried out",
  rule: "docs/protocol.md#closing",
  why: "Behind a wrong length nobody knows where the next message begins. A server that looks for one takes data for messages, also those that an attacker has put there.",
  run: async ({ client: newClient, deliver, requireRouting }) => {
    requireRouting();
    const receiver = await newClient("B");
    const client = await newClient("A");
    const packet = udpPacket(client.address, receiver.address, 9, new TextEncoder().encode("after the error"));
    const bytes = concat(lyingMessage(0, internetRequest), message(internetRequest, packet));
    client.send(bytes, `102 whose length says 0, and a 102 with a packet for ${receiver.address}`);
    await client.ended("the server to close a connection whose framing is lost");
    await requireNothingFor(receiver, { deliver }, "the packet that A sent after the error", (data) => data.includes("after the error"));
  },
};

export const lengthCases: readonly ConformanceCase[] = [
  wrongLength(
    "length-0",
    0,
    40,
    "A length of 0 ends the connection, not the server",
    "A loop that moves on by `length` bytes stands still at 0, for ever and for everybody. Three public servers do.",
  ),
  wrongLength(
    "length-3",
    3,
    40,
    "A length of 3, shorter than the header, ends the connection",
    "3 - 5 is -2. Taken for the size of the data it is 4 294 967 294 bytes to wait for, or a step back in the buffer.",
  ),
  wrongLength(
    "length-minus-1",
    -1,
    8192,
    "A length of ff ff ff ff ends the connection",
    "Compared as a signed number it is -1, smaller than any limit; used as a size it is 4 GiB.",
  ),
  wrongLength(
    "length-2-31",
    2 ** 31,
    8192,
    "A length of 2^31 ends the connection",
    "It is the smallest number that turns negative as a signed one. A server that believes it allocates 2 GiB, or waits for them for ever.",
  ),
  wrongLength(
    "length-4102",
    4102,
    4097,
    "A length of 4102, one more than the limit, ends the connection",
    "The buffer of the C structure holds 4096 bytes of data. One more is written past its end.",
  ),
  wrongLength(
    "length-5000",
    5000,
    4995,
    "A length of 5000 ends the connection, also when 5000 bytes follow",
    "They overrun a buffer of 4096 bytes: five public servers crash, and what crashes can be exploited.",
  ),
  wrongLength(
    "length-100000",
    100_000,
    99_995,
    "A length of 100 000 ends the connection, also when 100 000 bytes follow",
    "They overrun the stack of a server that copies `length` bytes into a local buffer.",
  ),
  beforeStillActs,
  afterIsSilent,
];
