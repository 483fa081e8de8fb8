import { messageBytes } from "#checks/lab-1-codec/any-message.ts";
import { cutEvery } from "#checks/lab-1-codec/chunks.ts";
import { concat } from "#kit/bytes.ts";
import { createMessageDecoder } from "#lab-1/message-decoder.ts";
import { measureHere } from "./measure-here.ts";

const messages = 200;
const one = messageBytes({ type: "internet-request", packet: new Uint8Array(200) });
const chunks = cutEvery(concat(...Array.from({ length: messages }, () => one)), 1_448);

measureHere(() => {
  const decoder = createMessageDecoder({ maxLength: 4101 });
  let found = 0;
  for (const chunk of chunks) found += decoder.receive(chunk).length;
  if (found !== messages) throw new Error("The decoder did something else than it was measured for.");
});
