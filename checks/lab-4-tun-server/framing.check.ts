import type { Check } from "#checks/harness/check.ts";
import { scenario } from "#checks/harness/scenario.ts";
import { cutAt, cutEvery } from "#checks/lab-1-codec/chunks.ts";
import { concat } from "#kit/bytes.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import {
  connect,
  disconnect,
  expectActions,
  expectClosed,
  expectGrant,
  expectNothing,
  expectWritten,
  join,
  joinSomehow,
  receive,
} from "./core-steps.ts";
import { written } from "./expected-action.ts";
import { far, packet, packetOfLength } from "./packets.ts";
import { beginServing, serving } from "./server-world.ts";
import { firstBytes, heartbeat, raw, request, upload, type Wire } from "./wire.ts";

const rule = "docs/protocol.md#framing";
const [a, b, c] = [packet("13.8.0.2", far, "a"), packet("13.8.0.2", far, "bb"), packet("13.8.0.2", far, "ccc")];
const stream = concat(upload(a).bytes, upload(b).bytes);
/** As long as the packet a. */
const bobs = packet("13.8.0.3", far, "z");

function pieces(chunks: readonly Uint8Array[]): readonly Wire[] {
  return chunks.map((bytes) => ({ bytes, words: bytes.length === 1 ? "a byte" : `${bytes.length} bytes` }));
}

function bytewise(bytes: Uint8Array): readonly Wire[] {
  return pieces(cutEvery(bytes, 1));
}

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.several-messages-in-a-chunk",
    title: "All messages of a chunk are acted on, in order",
    rule,
    hints: [
      "Look at what you do with the events of one chunk.",
      "TCP glues together what was written apart.",
      "Loop over all events of the decoder and collect the actions.",
    ],
    run: serving(
      connect(0),
      receive(0, request, upload(a), heartbeat, upload(b), upload(c)),
      expectGrant(0, "13.8.0.2"),
      expectWritten(a),
      expectWritten(b),
      expectWritten(c),
    ),
  },
  {
    id: "lab-4.messages-cut-anywhere",
    title: "A message may be cut anywhere, and empty chunks change nothing",
    rule,
    hints: [
      "Look at the decoder: who owns it, and for how long?",
      "The second half comes with the next chunk.",
      "One decoder for each session, made in connect() and kept.",
    ],
    run: async (exam) => {
      const whole = expectActions(written(a), written(b));
      for (let cut = 0; cut <= stream.length; cut++) {
        exam.story.restart();
        const [head, tail] = pieces(cutAt(stream, cut));
        const parts = [head, tail].flatMap((part) => (part === undefined ? [] : [receive(0, part), receive(0)]));
        await scenario(beginServing({}, { gather: true }), [join(0, "13.8.0.2"), ...parts, whole])(exam);
      }
      exam.story.restart();
      const parts = bytewise(stream).map((part) => receive(0, part));
      await scenario(beginServing({}, { gather: true }), [join(0, "13.8.0.2"), ...parts, whole])(exam);
    },
  },
  {
    id: "lab-4.sessions-do-not-mix",
    title: "Half a message of one client does not disturb another",
    rule: "docs/protocol.md#the-server",
    hints: [
      "Look at where the decoder lives.",
      "Two streams have two positions.",
      "Make one decoder for each session, and forget it when the session ends.",
    ],
    run: scenario(beginServing({}, { gather: true }), [
      join(0, "13.8.0.2"),
      join(1, "13.8.0.3"),
      ...bytewise(upload(a).bytes).flatMap((part, index) => [
        receive(0, part),
        receive(1, ...bytewise(upload(bobs).bytes).slice(index, index + 1)),
      ]),
      expectWritten(a),
      expectWritten(bobs),
      receive(0, firstBytes(9, upload(a))),
      disconnect(0),
      receive(1, upload(bobs)),
      expectWritten(bobs),
      expectNothing(),
      joinSomehow(2),
    ]),
  },
  {
    id: "lab-4.length-limit-is-configured",
    title: "The configured maxLength limits what a client may send",
    rule,
    hints: [
      "Look at how you make the decoder.",
      "Is 4101 written into your code?",
      "Call createMessageDecoder({ maxLength }) with the maxLength of the configuration.",
    ],
    run: scenario(beginServing({ maxLength: 1500 }), [
      join(0, "13.8.0.2"),
      receive(0, upload(packetOfLength(1495, "13.8.0.2", far))),
      expectWritten(packetOfLength(1495, "13.8.0.2", far)),
      receive(0, raw("dd05000066", "a 102 with the length 1501")),
      expectClosed(0, "bad-message"),
    ]),
  },
];
