import { fromLab, type StoryPacket, toLab } from "#checks/harness/story-packet.ts";
import type { ServerAction } from "#contract/lab-4-tun-server.ts";
import type { ExpectedAction } from "./expected-action.ts";

/** A piece of what a client sends. Each client has a connection of its own. */
export function fromClient(client: number, bytes: Uint8Array): StoryPacket {
  return toLab("four-over-six", bytes, nameOf(client));
}

/** What an action sends, where it sends something. */
export function packetOfAction(action: ServerAction): StoryPacket | undefined {
  switch (action.kind) {
    case "send":
      return fromLab("four-over-six", action.bytes, nameOf(action.to));
    case "write-tun":
      return fromLab("raw-ip", action.packet);
    case "close":
    case "drop":
      return undefined;
    default:
      return action satisfies never;
  }
}

/** The same of an action that is expected. */
export function packetOfExpected(expected: ExpectedAction): StoryPacket | undefined {
  switch (expected.kind) {
    case "send":
      return fromLab("four-over-six", expected.wire.bytes, nameOf(expected.to));
    case "write-tun":
      return fromLab("raw-ip", expected.packet);
    case "close":
    case "drop":
      return undefined;
    default:
      return expected satisfies never;
  }
}

function nameOf(client: number): string {
  return `client ${client}`;
}
