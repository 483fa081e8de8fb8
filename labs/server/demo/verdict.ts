import { compareRecordings } from "./compare-recordings.ts";
import { packetsIn, tellEthernet } from "./ethernet-story.ts";
import { pingCount, type RecordedPacket, type StoryEvent } from "./story.ts";

/** One thing that the demo shows. */
type Proof = { readonly ok: boolean; readonly text: string };

/** Collects what happens, to say at the end what it proves. */
export type Jury = { readonly hear: (event: StoryEvent) => void; readonly proofs: () => readonly Proof[] };

type EventOf<Kind extends StoryEvent["kind"]> = Extract<StoryEvent, { kind: Kind }>;

export function createJury(): Jury {
  const heard: Partial<Record<StoryEvent["kind"], StoryEvent>> = {};
  const pongs: EventOf<"pong">[] = [];
  const recordings: Partial<Record<"client" | "server", readonly RecordedPacket[]>> = {};
  let frames: readonly RecordedPacket[] | undefined;
  /** The latest event of a kind. */
  const latest = <Kind extends StoryEvent["kind"]>(kind: Kind) => heard[kind] as EventOf<Kind> | undefined;

  return {
    hear: (event) => {
      heard[event.kind] = event;
      if (event.kind === "pong") pongs.push(event);
      if (event.kind !== "recorded") return;
      const { end, linkType, packets } = event;
      if (linkType === "ethernet") frames = packets;
      recordings[end] = linkType === "ethernet" ? packetsIn(packets) : packets;
    },
    proofs: () => [
      ...addressProof(latest("granted"), latest("no-way")),
      pingProof(pongs),
      pageProof(latest("downloaded"), latest("served")),
      ...translationProof(latest("listening"), latest("served")),
      ...ethernetProof(frames),
      packetProof(recordings, latest("granted")?.address ?? "", latest("network")?.web ?? ""),
    ],
  };
}

function addressProof(granted: EventOf<"granted"> | undefined, noWay: EventOf<"no-way"> | undefined): readonly Proof[] {
  const before = noWay === undefined ? "" : "it had no way into the IPv4 internet before; ";
  return [
    granted === undefined
      ? { ok: false, text: "the client got no IPv4 address" }
      : { ok: true, text: `the client borrowed the IPv4 address ${granted.address} over IPv6 (${before}messages 100 and 101)` },
  ];
}

function pingProof(pongs: readonly EventOf<"pong">[]): Proof {
  const average = pongs.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / Math.max(1, pongs.length);
  return {
    ok: pongs.length === pingCount,
    text: `${pongs.length} of ${pingCount} pings were answered through the tunnel, ${average.toFixed(1)} ms on average`,
  };
}

function pageProof(downloaded: EventOf<"downloaded"> | undefined, served: EventOf<"served"> | undefined): Proof {
  if (downloaded === undefined) return { ok: false, text: "the page did not arrive" };
  const same = downloaded.sha256 === served?.sha256;
  const sum = `sha256 ${downloaded.sha256.slice(0, 16)}...`;
  return same
    ? { ok: true, text: `the page of ${downloaded.bytes} random bytes arrived unchanged: ${sum} at both ends` }
    : { ok: false, text: `the page arrived changed: ${sum} at the client, ${served?.sha256.slice(0, 16)}... at the web server` };
}

function translationProof(listening: EventOf<"listening"> | undefined, served: EventOf<"served"> | undefined): readonly Proof[] {
  if (listening === undefined || served === undefined || listening.nat === "none") return [];
  return [{ ok: true, text: `the web server saw ${served.visitor}: ${listening.nat} replaced the client's address (NAT)` }];
}

function ethernetProof(frames: readonly RecordedPacket[] | undefined): readonly Proof[] {
  return frames === undefined ? [] : [tellEthernet(frames).proof];
}

function packetProof(recordings: Partial<Record<"client" | "server", readonly RecordedPacket[]>>, address: string, web: string): Proof {
  const { client = [], server = [] } = recordings;
  const { equal, difference } = compareRecordings(client, server, [address, web]);
  if (difference !== undefined) return { ok: false, text: `the tunnel changed what it carried: ${difference}` };
  return equal === 0
    ? { ok: false, text: "no packet was recorded at both ends of the tunnel" }
    : {
        ok: true,
        text:
          equal === 1
            ? "the one packet left the tunnel as it had entered it, byte for byte"
            : `all ${equal} packets left the tunnel as they had entered it, byte for byte and in order`,
      };
}
