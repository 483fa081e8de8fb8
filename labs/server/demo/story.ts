import type { PacketSummary } from "../packet-summary.ts";

/** Where it is played: on real TUN devices, with a TAP and lab 5's interface in the server, or on links in memory. */
export type DemoLink = "tun" | "tap" | "memory";

/** What the demo shows, one after the other. */
export type Chapter = "network" | "no-way" | "connect" | "ping" | "page" | "ethernet" | "end";

/** A packet that was recorded, for programs that talk in JSON. */
export type RecordedPacket = {
  /** Milliseconds since 1970, with fractions. */
  readonly time: number;
  readonly base64: string;
};

/** What happens on the stage, told as it happens, one line of JSON each. */
export type StoryEvent =
  /** This kind of stage cannot be set up here. Nothing has happened, and nothing else will. */
  | { readonly kind: "unavailable"; readonly why: string }
  | { readonly kind: "chapter"; readonly chapter: Chapter }
  /** Who has which address outside the tunnel. */
  | { readonly kind: "network"; readonly client: string; readonly server: string; readonly router: string; readonly web: string }
  /** The client tried to reach the web server without the tunnel, and this error came. */
  | { readonly kind: "no-way"; readonly error: string }
  /** The server runs. `nat`: what replaces the clients' addresses. */
  | { readonly kind: "listening"; readonly address: string; readonly nat: "nft" | "iptables" | "none" }
  | { readonly kind: "granted"; readonly address: string; readonly route: string; readonly dns: readonly string[] }
  /** A message passed the client. `at`: milliseconds since 1970. */
  | {
      readonly kind: "message";
      readonly direction: "sent" | "received";
      readonly type: number;
      readonly at: number;
      readonly packet?: PacketSummary | undefined;
    }
  | { readonly kind: "pong"; readonly sequence: number; readonly milliseconds: number }
  /** The web server has sent the page: who asked, as it saw it, and what it sent. */
  | { readonly kind: "served"; readonly visitor: string; readonly bytes: number; readonly sha256: string }
  | { readonly kind: "downloaded"; readonly bytes: number; readonly sha256: string; readonly milliseconds: number }
  /** All packets that passed one end of the tunnel, in order; on Ethernet they are in frames. */
  | {
      readonly kind: "recorded";
      readonly end: "client" | "server";
      readonly linkType: "raw-ip" | "ethernet";
      readonly packets: readonly RecordedPacket[];
    }
  /** The story ends here. `details` are lines for whoever looks for the reason. */
  | { readonly kind: "failed"; readonly why: string; readonly details: readonly string[] }
  /** The story has come to its good end. */
  | { readonly kind: "finished" };

/** How many pings are sent, and how long an answer is waited for, in milliseconds. */
export const pingCount = 3;
export const pingPatience = 2000;
export const pingInterval = 700;

/** How long the other steps may take, in milliseconds. */
export const stepPatience = 8000;
