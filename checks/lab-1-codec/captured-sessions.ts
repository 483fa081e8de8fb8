import type { CapturedMessage } from "#checks/harness/capture/four-over-six.ts";
import type { AddressGrant, Message } from "#contract/lab-1-codec.ts";
import { ipv4 } from "#kit/addresses.ts";

/** What the captures hold, counted once by hand: a replay of fewer is a fault of the kit. */
export const replayPlan = {
  "session-a": { capture: "4over6-session-a.tcp6", fromClient: 21, fromServer: 19, packets: 33 },
  "session-b": { capture: "4over6-session-b.tcp6", fromClient: 18, fromServer: 17, packets: 30 },
  /** Of the TUN capture; the kernel's IPv6 router solicitations stand among them. */
  tun: { ipv4: 33, ipv6: 3 },
  arpMessages: 7,
  arpCaptureIpv4Packets: 17,
} as const;

export type SessionName = "session-a" | "session-b";

/** What the two servers granted. */
export const capturedGrants: Readonly<Record<SessionName, AddressGrant>> = {
  "session-a": {
    address: ipv4("13.8.0.2"),
    route: ipv4("0.0.0.0"),
    dns: [ipv4("198.51.100.2"), ipv4("8.8.8.8"), ipv4("202.106.0.20")],
  },
  "session-b": {
    address: ipv4("13.8.0.2"),
    route: ipv4("0.0.0.0"),
    dns: [ipv4("166.111.8.28"), ipv4("166.111.8.29"), ipv4("8.8.8.8")],
  },
};

/** A captured message as the contract names it. */
export function messageOf({ type, data: content }: CapturedMessage): Message {
  switch (type) {
    case 100:
      return { type: "ip-request" };
    case 101:
      return { type: "ip-response", data: content };
    case 102:
      return { type: "internet-request", packet: content };
    case 103:
      return { type: "internet-response", packet: content };
    case 104:
      return { type: "heartbeat" };
    default:
      return type satisfies never;
  }
}
