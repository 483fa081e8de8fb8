import type { ServerAction } from "#contract/lab-4-tun-server.ts";
import { ipv4FromBytes, isIpv4 } from "#kit/addresses.ts";
import { toHex } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";

const names: Readonly<Record<number, string>> = {
  100: "ip-request",
  101: "ip-response",
  102: "internet-request",
  103: "internet-response",
  104: "heartbeat",
};

/** `13.8.0.2 > 198.51.100.2  25 bytes "hello"`, whatever the bytes are. */
export function describePacket(bytes: Uint8Array): string {
  const version = (bytes[0] ?? 0) >> 4;
  if (bytes.length === 0) return "no bytes";
  if (version !== 4 || bytes.length < 20) return `${counted(bytes.length, "byte")} of version ${version}: ${toHex(bytes.subarray(0, 12))}`;
  const payload = new TextDecoder("latin1").decode(bytes.subarray(20));
  const readable = /^[ -~]{1,24}$/.test(payload) ? ` ${JSON.stringify(payload)}` : "";
  return `${ipv4FromBytes(bytes, 12)} > ${ipv4FromBytes(bytes, 16)}  ${counted(bytes.length, "byte")}${readable}`;
}

/** `102 internet-request  13.8.0.2 > …`, for bytes that begin with a message's header; others as they are. */
export function describeMessageBytes(bytes: Uint8Array): string {
  const type = bytes[4] ?? 0;
  const said = bytes.length < 5 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (said !== bytes.length)
    return `${counted(bytes.length, "byte that is", "bytes that are")} no whole message: ${toHex(bytes.subarray(0, 12))}`;
  const data = bytes.subarray(5);
  const name = `${type} ${names[type] ?? "unknown type"}`;
  if (type === 102 || type === 103) return `${name}  ${describePacket(data)}`;
  if (type === 101) return `${name}  ${JSON.stringify(new TextDecoder("latin1").decode(data))}`;
  return data.length === 0 ? name : `${name}  ${counted(data.length, "byte")} of data`;
}

/** An action in one line, and the line's verb. Throws for what is no action: the outbox tells that. */
export function describeAction(action: ServerAction): readonly [verb: string, words: string] {
  switch (action.kind) {
    case "send":
      return ["send", `to client ${action.to}: ${describeMessageBytes(action.bytes)}`];
    case "write-tun":
      return ["write", `to the TUN: ${describePacket(action.packet)}`];
    case "close":
      return ["close", `client ${action.session}: ${action.reason}`];
    case "drop":
      return ["drop", `${action.session === undefined ? "from the TUN" : `from client ${action.session}`}: ${action.reason}`];
    default:
      action satisfies never;
      throw new TypeError("This is no action of a server.");
  }
}

/** The address in a 101, or `undefined` for bytes that are none. */
export function grantedAddress(bytes: Uint8Array): string | undefined {
  if (bytes[4] !== 101) return undefined;
  const [address = ""] = new TextDecoder("latin1").decode(bytes.subarray(5)).split(" ");
  return isIpv4(address) ? address : undefined;
}
