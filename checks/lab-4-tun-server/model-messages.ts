import { far, packet, routerSolicitation } from "./packets.ts";
import { badHeader, download, heartbeat, message, request, upload, type Wire } from "./wire.ts";

/** What a client of the model may send. */
export type ClientMessage =
  | "request"
  | "upload"
  | "spoofed-upload"
  | "cut-upload"
  | "ipv6-upload"
  | "wrong-direction"
  | "heartbeat"
  | "unknown-type"
  | "bad-header";

/** The packet that the client with this address sends. The same ones are needed thousands of times. */
export const packetFrom = remember((source: string) => packet(source, far));
/** The packet that the internet sends to this address. */
export const packetTo = remember((destination: string) => packet(far, destination));

/** The message's bytes, sent by somebody who takes `source` for his address. */
export function wireOf(kind: ClientMessage, source: string): Wire {
  return rememberedWire(`${kind} ${source}`);
}

const rememberedWire = remember((key: string) => {
  const [kind = "request", source = ""] = key.split(" ");
  return makeWire(kind as ClientMessage, source);
});

function makeWire(kind: ClientMessage, source: string): Wire {
  switch (kind) {
    case "request":
      return request;
    case "upload":
      return upload(packetFrom(source));
    case "spoofed-upload":
      return upload(packetFrom("13.8.0.99"));
    case "cut-upload":
      return upload(packetFrom(source).slice(0, -1));
    case "ipv6-upload":
      return upload(routerSolicitation);
    case "wrong-direction":
      return download(packetTo(source));
    case "heartbeat":
      return heartbeat;
    case "unknown-type":
      return message(42, Uint8Array.of(1));
    case "bad-header":
      return badHeader;
    default:
      return kind satisfies never;
  }
}

function remember<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
