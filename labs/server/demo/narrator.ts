import type { ChalkInstance } from "chalk";
import { counted } from "#kit/counted.ts";
import { addresses } from "./addresses.ts";
import { tellEthernet } from "./ethernet-story.ts";
import { createPageStory } from "./page-story.ts";
import type { Chapter, DemoLink, RecordedPacket, StoryEvent } from "./story.ts";
import { wrap } from "./wrap.ts";

export type NarratorOptions = {
  readonly link: DemoLink;
  readonly paint: ChalkInstance;
  readonly print: (line: string) => void;
};

type Message = Extract<StoryEvent, { kind: "message" }>;

const titles: Readonly<Record<Chapter, string>> = {
  network: "The network",
  "no-way": "Without the tunnel",
  connect: "The client asks for an address",
  ping: "Three pings",
  page: "A web page",
  ethernet: "The server's Ethernet link",
  end: "The end",
};

/** Tells the story in plain words, as it happens: at most 80 columns, readable without colours. */
export function createNarrator({ link, paint, print }: NarratorOptions): (event: StoryEvent) => void {
  let chapters = 0;
  let chapter: Chapter = "network";
  let startedAt: number | undefined;
  let milliseconds = 0;
  const page = createPageStory();

  const open = (next: Chapter): void => {
    chapter = next;
    if (next === "end") return;
    chapters += 1;
    print(`\n${paint.bold(`${chapters}. ${titles[next]}`)}\n`);
  };
  const say = (text: string): void => {
    for (const line of wrap(text, 76)) print(`   ${line}`);
  };
  /** `  0.012 s`, since the first message. */
  const timeOf = (at: number): string => {
    startedAt ??= at;
    return paint.dim(`${((at - startedAt) / 1000).toFixed(3).padStart(7)} s`);
  };
  /** `   0.012 s  client --> server  102  ping 1` */
  const tellMessage = ({ direction, type, at }: Message, words: string): void => {
    const arrow = direction === "sent" ? "-->" : "<--";
    print(`${timeOf(at)}  client ${arrow} server  ${paint.cyan(String(type))}  ${words}`);
  };
  /** The 101 is told when it is known what it says. */
  let answer: Message | undefined;

  const onMessage = (message: Message): void => {
    const { type, packet } = message;
    if (type === 100) return tellMessage(message, "lend me an IPv4 address");
    if (type === 101) {
      answer = message;
      return;
    }
    if (type === 104) return tellMessage(message, "I am still here");
    if (chapter === "ping" && packet?.kind === "echo-request")
      return tellMessage(message, `ping ${packet.sequence}, ${packet.source} > ${packet.destination}`);
    if (chapter === "ping" && packet?.kind === "echo-reply") return tellMessage(message, `its answer, ${counted(packet.length, "byte")}`);
    // The last ones may come late.
    if (packet?.kind === "tcp" && (chapter === "page" || chapter === "end"))
      for (const words of page.hear(message.direction, packet)) tellMessage(message, words);
  };

  const tellFrames = (frames: readonly RecordedPacket[]): void => {
    const { linkInterface, linkKernel } = addresses;
    const { lines, sum, met } = tellEthernet(frames);
    const head = met ? "This is how they met:" : "They should meet there. This is what passed:";
    say(`Lab 5's interface (${linkInterface}) and the kernel (${linkKernel}) are neighbours on it. ${head}`);
    print("");
    for (const { at, ends, words } of lines) print(`${timeOf(at)}  ${ends}  ${words}`);
    print("");
    say(sum);
  };

  return (event) => {
    switch (event.kind) {
      case "network":
        open("network");
        for (const line of picture(link, event)) print(`   ${line}`);
        return;
      case "chapter":
        return open(event.chapter);
      case "no-way":
        return say(`The client tries to reach the web server: ${event.error}. It has no IPv4.`);
      case "listening":
        return say(natStory(link, event.nat));
      case "granted":
        if (answer !== undefined) tellMessage(answer, `you have ${event.address}; send everything here`);
        return;
      case "message":
        return onMessage(event);
      case "downloaded":
        milliseconds = event.milliseconds;
        return;
      case "recorded":
        if (event.end === "client") say(page.sum(milliseconds));
        if (event.linkType === "ethernet") tellFrames(event.packets);
        return;
      case "pong":
      case "served":
      case "unavailable":
      case "failed":
      case "finished":
        return;
      default:
        event satisfies never;
    }
  };
}

function picture(link: DemoLink, { client, server, router, web }: Extract<StoryEvent, { kind: "network" }>): readonly string[] {
  if (link === "memory")
    return ["client ===== TCP over IPv6, real ===== server ----- in memory ----- web", `${client.padEnd(39)}${server.padEnd(19)}${web}`];
  return [
    "client ======== IPv6 ======== server ---------- IPv4 ---------- web",
    `${client.padEnd(30)}${server}`,
    `${"(no IPv4)".padEnd(30)}${router.padEnd(31)}${web}`,
  ];
}

function natStory(link: DemoLink, nat: "nft" | "iptables" | "none"): string {
  if (link === "memory") return "In place of TUN devices there are links in memory, with a small computer at the far end of each.";
  return nat === "none"
    ? "Neither nft nor iptables can be used here, so there is no NAT: the web server is told a route back to the tunnel's addresses."
    : `The server runs, and ${nat} replaces the clients' addresses by its own (NAT).`;
}
