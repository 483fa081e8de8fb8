import { isIpv4 } from "#kit/addresses.ts";
import { counted } from "#kit/counted.ts";
import type { StreamEvent } from "./message-splitter.ts";
import { viewInner } from "./packet-words.ts";

const names: Readonly<Record<number, string>> = {
  100: "ip-request",
  101: "ip-response",
  102: "internet-request",
  103: "internet-response",
  104: "heartbeat",
};

/** `102 internet-request  13.8.0.2 > 198.51.100.2  echo request 1`, and what it can be asked for by. */
export function eventView(event: StreamEvent): { readonly words: string; readonly tags: readonly string[] } {
  if (event.kind === "error") {
    const words = `framing error: a message of type ${event.type} cannot be ${counted(event.length, "byte")} long`;
    return { words, tags: ["error"] };
  }
  const { type, data } = event;
  const name = names[type];
  const tags = ["message", String(type), ...(name === undefined ? [] : [name])];
  const title = `${type} ${name ?? "unknown type"}`;
  if (type === 102 || type === 103) {
    const inner = viewInner(data);
    return { words: `${title}  ${inner.words}`, tags: [...tags, ...inner.tags] };
  }
  if (type === 101) return { words: `${title}  ${grantWords(data)}`, tags };
  return { words: data.length === 0 ? title : `${title}  with ${counted(data.length, "byte")} of data`, tags };
}

/** `13.8.0.2 dns 8.8.8.8 8.8.4.4 1.1.1.1`; as it stands, when it is not five addresses. */
function grantWords(data: Uint8Array): string {
  const text = new TextDecoder("latin1").decode(data);
  const [address = "", route = "", ...dns] = text
    .replace(/\0[^]*$/, "")
    .trim()
    .split(/\s+/);
  if (dns.length !== 3 || ![address, route, ...dns].every(isIpv4)) return JSON.stringify(text);
  return `${address}${route === "0.0.0.0" ? "" : ` route ${route}`} dns ${dns.join(" ")}`;
}
