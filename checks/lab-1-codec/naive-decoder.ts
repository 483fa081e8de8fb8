import { dissect } from "#checks/harness/wire/layout.ts";
import { messageLayout } from "#checks/harness/wire/layouts.ts";
import type { DecoderEvent, Message } from "#contract/lab-1-codec.ts";

/** What a decoder must find in a whole stream. Has all bytes at hand, so there is nothing to keep and nothing to wait for. */
export function decodeNaively(stream: Uint8Array, maxLength: number): readonly DecoderEvent[] {
  const events: DecoderEvent[] = [];
  let rest = stream;
  while (rest.length >= 5) {
    const [lengthField, typeField] = dissect(rest.slice(0, 5), messageLayout);
    const said = Number(lengthField?.value);
    const type = Number(typeField?.value);
    const length = (type === 100 || type === 104) && said < 5 ? 5 : said;
    if (length < 5 || length > maxLength) return [...events, { kind: "error", error: { reason: "bad-length", field: "length" } }];
    if (rest.length < length) return events;
    const data = rest.slice(5, length);
    const message = (
      {
        100: { type: "ip-request" },
        101: { type: "ip-response", data },
        102: { type: "internet-request", packet: data },
        103: { type: "internet-response", packet: data },
        104: { type: "heartbeat" },
      } as Record<number, Message>
    )[type];
    events.push(message === undefined ? { kind: "ignored", type, length } : { kind: "message", message });
    rest = rest.slice(length);
  }
  return events;
}
