import { counted } from "#kit/counted.ts";
import type { PacketSummary } from "../packet-summary.ts";

type Segment = Extract<PacketSummary, { kind: "tcp" }>;

/** Tells of a download's segments: each of the first and the last ones, and the crowd between them as a number. */
export type PageStory = {
  /** What is worth a line. */
  readonly hear: (direction: "sent" | "received", segment: Segment) => readonly string[];
  /** What passed in all. */
  readonly sum: (milliseconds: number) => string;
};

export function createPageStory(): PageStory {
  let sent = 0;
  let received = 0;
  let payload = 0;
  let asked = false;
  let answered = false;
  let ending: "sent" | "received" | undefined;

  const hear = (direction: "sent" | "received", { flags, payload: bytes }: Segment): readonly string[] => {
    if (direction === "sent") sent += 1;
    else {
      received += 1;
      payload += bytes;
    }
    if (flags === "SYN") return ["TCP SYN: may I connect to port 80?"];
    if (flags === "SYN ACK") return ["TCP SYN ACK: yes"];
    if (flags.includes("RST")) return ["TCP RST: broken off"];
    if (flags.includes("FIN")) {
      // Either side may be the first: the server when it has sent the page, or the client when it has counted its bytes.
      ending ??= direction;
      return [direction === ending ? "TCP FIN: I have nothing more to say" : "TCP FIN: me too"];
    }
    if (direction === "sent" && sent === 2) return ["TCP ACK: good, we are connected"];
    if (direction === "sent" && bytes > 0 && !asked) {
      asked = true;
      return [`GET / HTTP/1.1 (${counted(bytes, "byte")})`];
    }
    if (direction === "received" && bytes > 0 && !answered) {
      answered = true;
      return [`the page begins (${counted(bytes, "byte")}), and goes on ...`];
    }
    return [];
  };

  return {
    hear,
    sum: (milliseconds) =>
      `It took ${Math.round(milliseconds)} ms: ${counted(received, "message")} 103 brought the page with its HTTP header (${counted(payload, "byte")}), ${counted(sent, "message")} 102 asked for it and acknowledged it.`,
  };
}
