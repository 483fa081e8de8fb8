/** What a packet of a story begins with. A `four-over-six` packet is a piece of a TCP stream: a message, a part of one, or several. */
export type StoryLink = "ethernet" | "raw-ip" | "four-over-six";

/** The bytes that a line of a story is about. */
export type StoryPacket = {
  readonly link: StoryLink;
  readonly direction: "to-lab" | "from-lab";
  /** Who is at the other end, where there are several: `client 1`. */
  readonly peer?: string;
  /** Called when the story is told, which most stories never are. */
  readonly bytes: () => Uint8Array;
};

/** The same as plain data: it goes to a file, or to another thread. */
export type ToldPacket = Omit<StoryPacket, "bytes"> & { readonly bytes: Uint8Array };

/** Bytes that a check gives to the lab. They are referred to, not copied, and must stay as they are. */
export function toLab(link: StoryLink, bytes: Uint8Array | (() => Uint8Array), peer?: string): StoryPacket {
  return storyPacket("to-lab", link, bytes, peer);
}

/** Bytes that the lab wants sent. */
export function fromLab(link: StoryLink, bytes: Uint8Array | (() => Uint8Array), peer?: string): StoryPacket {
  return storyPacket("from-lab", link, bytes, peer);
}

function storyPacket(
  direction: StoryPacket["direction"],
  link: StoryLink,
  bytes: Uint8Array | (() => Uint8Array),
  peer: string | undefined,
): StoryPacket {
  return { link, direction, bytes: typeof bytes === "function" ? bytes : () => bytes, ...(peer === undefined ? {} : { peer }) };
}

/** The packet as plain data; `undefined` where there is none, and where what a lab returned has no bytes. */
export function tellPacket(packet: StoryPacket | undefined): ToldPacket | undefined {
  if (packet === undefined) return undefined;
  try {
    const bytes = packet.bytes();
    return bytes instanceof Uint8Array ? { ...packet, bytes } : undefined;
  } catch {
    // A lab may return anything: its action is told in words, and stands in no capture.
    return undefined;
  }
}
