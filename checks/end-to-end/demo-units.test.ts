import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { compareRecordings } from "#server/demo/compare-recordings.ts";
import { tellEthernet } from "#server/demo/ethernet-story.ts";
import { labIn } from "#server/demo/lab-at-fault.ts";
import { createNarrator } from "#server/demo/narrator.ts";
import { createPageStory } from "#server/demo/page-story.ts";
import type { RecordedPacket, StoryEvent } from "#server/demo/story.ts";
import { createJury } from "#server/demo/verdict.ts";
import { watchStage } from "#server/demo/watch-stage.ts";
import { pingPacket } from "./server-packets.ts";

const [client, web] = ["13.8.0.2", "198.51.100.2"];
const recorded = (...packets: readonly Uint8Array[]): readonly RecordedPacket[] =>
  packets.map((packet, time) => ({ time, base64: Buffer.from(packet).toString("base64") }));
const sent = (sequence: number) => pingPacket({ from: client, to: web, sequence });
const answered = (sequence: number) => pingPacket({ from: web, to: client, sequence });
const compare = (left: readonly RecordedPacket[], right: readonly RecordedPacket[]) => compareRecordings(left, right, [client, web]);

describe("the comparison of both ends", () => {
  it("counts what is equal, each direction by itself", () => {
    const left = recorded(sent(1), answered(1), sent(2), answered(2));
    const right = recorded(sent(1), sent(2), answered(1), answered(2));
    expect(compare(left, right)).toEqual({ equal: 4, difference: undefined });
  });

  it("leaves out what kernels say by themselves", () => {
    const solicitation = Buffer.from("60000000", "hex");
    expect(compare(recorded(solicitation, sent(1)), recorded(sent(1), sent(1).subarray(0, 20)))).toMatchObject({ difference: undefined });
  });

  it.each([
    ["lost", recorded(sent(1), sent(2)), recorded(sent(1)), "from the client, 2 packets passed the client and 1 the server; packet 2"],
    ["lost at the start", recorded(sent(1), sent(2)), recorded(sent(2)), "packet 1 differs"],
    ["doubled", recorded(answered(1)), recorded(answered(1), answered(1)), "to the client, 1 packet passed the client and 2"],
    ["reordered", recorded(sent(1), sent(2)), recorded(sent(2), sent(1)), "packet 1 differs"],
    ["changed", recorded(sent(1)), recorded(pingPacket({ from: client, to: web, data: Buffer.from("abcdefgX") })), "packet 1 differs"],
  ])("finds what was %s", (_name, left, right, words) => {
    expect(compare(left, right).difference).toContain(words);
  });
});

const verdict = (events: readonly StoryEvent[]) => {
  const jury = createJury();
  for (const event of events) jury.hear(event);
  return jury.proofs().map(({ ok, text }) => `${ok ? "ok" : "NO"} ${text}`);
};

describe("the verdict", () => {
  const good: readonly StoryEvent[] = [
    { kind: "network", client: "fd46::2", server: "fd46::1", router: "198.51.100.1", web },
    { kind: "granted", address: client, route: "0.0.0.0", dns: [] },
    ...[1, 2, 3].map((sequence) => ({ kind: "pong", sequence, milliseconds: 1 }) as const),
    { kind: "served", visitor: client, bytes: 9, sha256: "ab" },
    { kind: "downloaded", bytes: 9, sha256: "ab", milliseconds: 5 },
    { kind: "recorded", end: "client", linkType: "raw-ip", packets: recorded(sent(1)) },
    { kind: "recorded", end: "server", linkType: "raw-ip", packets: recorded(sent(1)) },
  ];
  const without = (kind: StoryEvent["kind"], ...others: readonly StoryEvent[]) =>
    verdict([...good.filter((event) => event.kind !== kind), ...others]).filter((text) => text.startsWith("NO"));

  it("is good when everything is", () => {
    expect(verdict(good).filter((text) => !text.startsWith("ok"))).toEqual([]);
    expect(verdict(good)).toHaveLength(4);
  });

  it.each<readonly [StoryEvent["kind"], readonly StoryEvent[], string]>([
    ["granted", [], "no IPv4 address"],
    ["pong", [{ kind: "pong", sequence: 1, milliseconds: 1 }], "1 of 3 pings"],
    ["downloaded", [], "the page did not arrive"],
    ["downloaded", [{ kind: "downloaded", bytes: 9, sha256: "cd", milliseconds: 5 }], "arrived changed"],
    ["served", [], "arrived changed"],
    ["recorded", [], "no packet was recorded"],
  ])("is bad without %s", (kind, others, words) => {
    expect(without(kind, ...others).join()).toContain(words);
  });
});

const [us, kernel, everybody] = ["02000a040602", "020000000001", "ffffffffffff"];
const frame = (to: string, from: string, type: string, payload: Uint8Array) =>
  Buffer.concat([Buffer.from(`${to}${from}${type}`, "hex"), payload]);
const arp = (text: string) => Buffer.from(`000108000604${text}`, "hex");
const question = frame(everybody, us, "0806", arp(`0001${us}0a040602 000000000000 0a040601`.replaceAll(" ", "")));
const reply = frame(us, kernel, "0806", arp(`0002${kernel}0a040601 ${us} 0a040602`.replaceAll(" ", "")));
const out = frame(kernel, us, "0800", sent(1));
const back = frame(us, kernel, "0800", answered(1));

describe("the story of the Ethernet link", () => {
  it("goes from the first question to the first answer from the internet", () => {
    const { lines, sum, proof } = tellEthernet(recorded(Buffer.alloc(3), question, reply, out, back, out, back));
    expect(lines.map(({ ends, words }) => `${ends} ${words}`)).toEqual([
      "interface --> everybody ARP   who has 10.4.6.1? tell 10.4.6.2",
      "interface <-- kernel    ARP   10.4.6.1 is at 02:00:00:00:00:01",
      "interface --> kernel    IPv4  13.8.0.2 > 198.51.100.2",
      "interface <-- kernel    IPv4  198.51.100.2 > 13.8.0.2",
    ]);
    expect(sum).toBe("In all 4 frames carried packets, and 2 were ARP.");
    expect(proof).toEqual({
      ok: true,
      text: "lab 5's interface asked once where its gateway 10.4.6.1 is, and sent all 2 packets to 02:00:00:00:00:01",
    });
  });

  it("does not end in a flood of questions", () => {
    const { lines, proof } = tellEthernet(recorded(...Array.from({ length: 100 }, () => question)));
    expect(lines).toHaveLength(12);
    expect(proof).toMatchObject({ ok: false, text: expect.stringContaining("nobody told") as string });
  });

  it("sees packets that went to the wrong station", () => {
    const astray = frame("020000000099", us, "0800", sent(1));
    expect(tellEthernet(recorded(question, reply, out, astray)).proof).toMatchObject({
      ok: false,
      text: "1 of 2 packets left for another MAC address than the gateway's",
    });
  });

  it("is part of the verdict, and the packets in the frames count as the server's", () => {
    const proofs = verdict([
      { kind: "network", client: "fd46::2", server: "fd46::1", router: "198.51.100.1", web },
      { kind: "granted", address: client, route: "0.0.0.0", dns: [] },
      { kind: "recorded", end: "client", linkType: "raw-ip", packets: recorded(sent(1), answered(1)) },
      { kind: "recorded", end: "server", linkType: "ethernet", packets: recorded(question, reply, out, back) },
    ]);
    expect(proofs).toContain("ok all 2 packets left the tunnel as they had entered it, byte for byte and in order");
    expect(proofs.filter((text) => text.startsWith("ok lab 5's interface asked once"))).toHaveLength(1);
  });
});

describe("the story of the page", () => {
  const fin = {
    kind: "tcp",
    flags: "FIN ACK",
    payload: 0,
    source: web as never,
    destination: client as never,
    length: 40,
    sourcePort: 80,
    destinationPort: 40_000,
  } as const;

  it.each([["received", "sent"] as const, ["sent", "received"] as const])("lets %s end first, and the other one agree", (first, second) => {
    const page = createPageStory();
    expect([first, second].flatMap((direction) => page.hear(direction, fin))).toEqual([
      "TCP FIN: I have nothing more to say",
      "TCP FIN: me too",
    ]);
  });

  it("says the same of a FIN that is sent again", () => {
    const page = createPageStory();
    expect([page.hear("sent", fin), page.hear("sent", fin)].flat()).toEqual(Array(2).fill("TCP FIN: I have nothing more to say"));
  });
});

describe("the narrator", () => {
  it("keeps to 80 columns, whatever the addresses", () => {
    for (const link of ["tun", "tap", "memory"] as const) {
      const lines: string[] = [];
      const narrate = createNarrator({ link, paint: new Chalk({ level: 0 }), print: (line) => lines.push(line) });
      narrate({
        kind: "network",
        client: "fd46:4:6::2",
        server: link === "memory" ? "[::1]:65535" : "fd46:4:6::1",
        router: "198.51.100.1",
        web,
      });
      for (const nat of ["nft", "iptables", "none"] as const) narrate({ kind: "listening", address: "x", nat });
      narrate({ kind: "chapter", chapter: "page" });
      const ends = { source: "198.51.100.222" as never, destination: "255.255.255.255" as never, length: 1500 };
      const segment = { ...ends, kind: "tcp", flags: "ACK", payload: 1460, sourcePort: 65_535, destinationPort: 65_535 } as const;
      narrate({ kind: "message", direction: "received", type: 103, at: 0, packet: segment });
      narrate({ kind: "chapter", chapter: "ping" });
      narrate({ kind: "message", direction: "sent", type: 102, at: 999_000, packet: { ...ends, kind: "echo-request", sequence: 65_535 } });
      narrate({ kind: "recorded", end: "client", linkType: "raw-ip", packets: [] });
      narrate({ kind: "chapter", chapter: "ethernet" });
      narrate({ kind: "recorded", end: "server", linkType: "ethernet", packets: recorded(question, reply, out, back) });
      expect(lines.length).toBeGreaterThan(8);
      expect(lines.flatMap((line) => line.split("\n")).filter((line) => line.length > 80)).toEqual([]);
    }
  });
});

const node = (program: string) => [process.execPath, "--eval", program];
const watch = (program: string, silence = 10_000) => {
  const events: StoryEvent[] = [];
  return { events, ended: watchStage(node(program), (event) => events.push(event), silence).ended };
};
const say = (event: StoryEvent) => `console.log(${JSON.stringify(JSON.stringify(event))});`;

describe("the stage's watcher", () => {
  it("hands on what is told, and says how it ended", async () => {
    const { events, ended } = watch(
      `${say({ kind: "chapter", chapter: "ping" })} console.log("somebody's own words", "{}"); ${say({ kind: "finished" })}`,
    );
    expect(await ended).toEqual({ kind: "finished" });
    expect(events).toEqual([{ kind: "chapter", chapter: "ping" }]);
  });

  it("takes an early end for a failure, with what was complained about", async () => {
    const { ended } = watch(`${say({ kind: "chapter", chapter: "ping" })} setImmediate(() => { throw new Error("oh no"); });`);
    const end = await ended;
    expect(end).toMatchObject({ kind: "failed", why: expect.stringContaining("too early") as string });
    expect(JSON.stringify(end)).toContain("oh no");
  });

  it("takes a program that never speaks for a stage that cannot be had", async () => {
    expect(await watch(`console.error("unshare failed: no"); process.exit(1)`).ended).toEqual({
      kind: "unavailable",
      why: "namespaces are refused (unshare failed: no)",
    });
  });

  it("ends a stage that loops for ever", async () => {
    expect(await watch("for (;;);", 300).ended).toMatchObject({ kind: "failed", why: expect.stringContaining("loops") as string });
  });
});

describe("the lab at fault", () => {
  it.each([
    ["lab-3 heartbeat is not implemented yet", "lab 3"],
    ["at receive (/home/me/4over6-lab-kit/labs/lab-2-user-pool/session-table.ts:3:4)", "lab 2"],
    ["at main (/home/me/4over6-lab-kit/labs/server/server.ts:3:4)", undefined],
  ])("%j", (text, lab) => {
    expect(labIn(text)).toBe(lab);
  });
});
