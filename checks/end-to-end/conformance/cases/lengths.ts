import type { ConformanceCase } from "../case.ts";
import { internetRequest, lyingMessage } from "../client/wire.ts";

/** A 102 whose length cannot be right: the stream is lost, and the server says so by closing. */
function wrongLength(id: string, length: number, title: string, why: string): ConformanceCase {
  return {
    id,
    title,
    rule: "docs/protocol.md#framing",
    why,
    run: async ({ client: newClient }) => {
      const client = await newClient("A");
      client.send(lyingMessage(length, internetRequest, new Uint8Array(40)), `102 internet-request, length ${length}, and 40 bytes`);
      await client.ended("the server to close a connection whose framing is lost");
    },
  };
}

export const lengthCases: readonly ConformanceCase[] = [
  wrongLength(
    "length-0",
    0,
    "A length of 0 ends the connection, not the server",
    "A loop that skips `length` bytes stands still at 0, for ever and for everybody.",
  ),
  wrongLength(
    "length-3",
    3,
    "A length of 3, shorter than the header, ends the connection",
    "3 - 5 is -2: read as the size of the data it is 4 294 967 294, or goes backwards in the buffer.",
  ),
];
