import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished, type TestContext } from "vitest";
import { type CaptureName, captureFile, readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { splitMessages } from "#checks/harness/capture/four-over-six.ts";
import { tcpConnections } from "#checks/harness/capture/tcp-streams.ts";
import { failureCapture } from "#checks/harness/pcapng/failure-capture.ts";
import { interfaceDescription, packetBlock, sectionHeader } from "#checks/harness/pcapng/pcapng-blocks.ts";
import { createTunnelFrames } from "#checks/harness/pcapng/tunnel-frames.ts";
import { result } from "#checks/harness/report/example-results.ts";
import { concat, fromHex, toHex } from "#kit/bytes.ts";
import { root } from "#launch/root.mjs";

const dissector = join(root, "docs", "wireshark", "fourover6.lua");
const run = promisify(execFile);

/** What tshark prints of a capture, a line a packet. Skips the test where there is no tshark. */
async function tshark(context: TestContext, file: string, ...options: readonly string[]): Promise<readonly string[]> {
  try {
    const { stdout, stderr } = await run("tshark", ["-X", `lua_script:${dissector}`, "-r", file, ...options]);
    // Being root is all that it may complain of.
    expect(stderr.split("\n").filter((line) => line !== "" && !line.startsWith("Running as user"))).toEqual([]);
    return stdout.split("\n").slice(0, -1);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") context.skip("tshark is not installed");
    throw error;
  }
}

/** One row a packet, with the values of these fields; where a field comes several times they are joined by a bar. */
async function fields(context: TestContext, file: string, names: readonly string[], ...options: readonly string[]) {
  const wanted = ["-T", "fields", "-E", "aggregator=|", ...names.flatMap((name) => ["-e", name])];
  return (await tshark(context, file, ...wanted, ...options)).map((line) => line.split("\t"));
}

function saved(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "kit-wireshark-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "x.pcapng");
  writeFileSync(file, bytes);
  return file;
}

/** A capture of one connection for each list, in which the client says this, a segment each. */
function conversations(...clients: readonly (readonly string[])[]): string {
  const frames = createTunnelFrames();
  const blocks = clients.flatMap((segments, client) =>
    segments.flatMap((hex) =>
      frames({ direction: "to-lab", bytes: fromHex(hex), peer: String(client) }).map((bytes) =>
        packetBlock({ interface: 0, atMicroseconds: 0, bytes, inbound: true, comment: "" }),
      ),
    ),
  );
  return saved(concat(sectionHeader({ application: "test", comment: "" }), interfaceDescription("ethernet", "tunnel", ""), ...blocks));
}

/** Types and lengths of one direction, as our own reader finds them. */
async function messagesIn(name: CaptureName, direction: "fromClient" | "fromServer"): Promise<readonly string[]> {
  const [connection] = tcpConnections(await readFixture(name));
  if (connection === undefined) throw new Error(`${name} holds no connection.`);
  return splitMessages(connection.directions[direction]).map(({ type, length }) => `${type} ${length}`);
}

const grant = Buffer.from("13.8.0.2 0.0.0.0 8.8.8.8 8.8.4.4 1.1.1.1");
const udp = fromHex("4500001e00000000401194bd 0d080002 c6336402 30390009 000a0000 6869");
const nothing = new Uint8Array();

function message(type: number, data: Uint8Array = nothing, length = 5 + data.length): string {
  return toHex(concat(Uint8Array.of(length & 0xff, length >> 8, 0, 0, type), data));
}

const listed = ["_ws.col.Protocol", "_ws.col.Source", "_ws.col.Info"];

describe("the Wireshark dissector", () => {
  it.for([
    ["4over6-session-a.tcp6", 5678, []],
    ["4over6-session-b.tcp6", 8192, ["--disable-heuristic", "fourover6_tcp", "-d", "tcp.port==8192,fourover6"]],
    ["4over6-session-b.tcp6", 8192, []],
  ] as const)("finds every message of %s, port %d, with %j", async ([name, port, options], context) => {
    const rows = await fields(
      context,
      captureFile(name),
      ["tcp.dstport", "fourover6.type", "fourover6.length"],
      "-Y",
      "fourover6",
      ...options,
    );
    // The first port is that of the connection; others are in the tunnel.
    const messages = (toServer: boolean) =>
      rows
        .filter(([ports = ""]) => (ports.split("|")[0] === String(port)) === toServer)
        .flatMap(([, types = "", lengths = ""]) => types.split("|").map((type, index) => `${type} ${lengths.split("|")[index]}`));
    expect(messages(true)).toEqual(await messagesIn(name, "fromClient"));
    expect(messages(false)).toEqual(await messagesIn(name, "fromServer"));
  });

  it("takes nothing for a tunnel that does not begin like one", async (context) => {
    const file = captureFile("4over6-session-b.tcp6");
    expect(await tshark(context, file, "--disable-heuristic", "fourover6_tcp", "-Y", "fourover6")).toEqual([]);
    expect(await tshark(context, captureFile("4over6-session-a.tun"), "-Y", "fourover6")).toEqual([]);
  });

  it("reads the grant, and hands packets to Wireshark's own dissectors", async (context) => {
    const grantFields = ["fourover6.grant.address", "fourover6.grant.route", "fourover6.grant.dns"];
    const names = ["frame.number", ...grantFields, "ip.src", "icmp.type", "http.response.code"];
    const rows = await fields(context, captureFile("4over6-session-a.tcp6"), names, "-Y", "frame.number in {6, 8, 9} || http.response");
    expect(rows).toEqual([
      ["6", "13.8.0.2", "0.0.0.0", "198.51.100.2|8.8.8.8|202.106.0.20", "", "", ""],
      ["8", "", "", "", "13.8.0.2", "8", ""],
      ["9", "", "", "", "198.51.100.2", "0", ""],
      ["42", "", "", "", "198.51.100.2", "", "200"],
    ]);
  });

  it("has nothing to complain of in real sessions", async (context) => {
    const complaints = "_ws.malformed || fourover6.error.packet || fourover6.error.length || fourover6.error.grant || fourover6.tolerated";
    expect(await tshark(context, captureFile("4over6-session-a.tcp6"), "-Y", complaints)).toEqual([]);
    expect(await tshark(context, captureFile("4over6-session-b.tcp6"), "-Y", complaints)).toEqual([]);
  });

  it("says in the packet list what passes, between the ends of the tunnel", async (context) => {
    const [request, upload, five] = await fields(context, captureFile("4over6-session-a.tcp6"), listed, "-Y", "frame.number in {4, 8, 43}");
    expect(request).toEqual(["4over6", "fd64:4:6::2", "100 IP request"]);
    expect(upload?.slice(0, 2)).toEqual(["4over6", "fd64:4:6::2"]);
    expect(upload?.[2]).toMatch(/^102 Internet request {2}13\.8\.0\.2 > 198\.51\.100\.2 {2}Echo \(ping\) request/);
    expect(five?.[2]?.match(/102 Internet request/g)?.length).toBe(5);
  });

  it("puts messages together that come byte by byte, and takes apart what comes glued", async (context) => {
    const stream = message(100) + message(102, udp) + message(104);
    const file = conversations(stream.match(/../g) ?? [], [stream]);
    const rows = await fields(context, file, ["tcp.stream", "fourover6.type", "udp.payload"], "-Y", "fourover6");
    expect(rows.map(([, ...row]) => row)).toEqual([
      ["100", ""],
      ["102", "6869"],
      ["104", ""],
      ["100|102|104", "6869"],
    ]);
  });

  it("goes on behind what is tolerated, and notes it", async (context) => {
    const terminated = concat(grant, Uint8Array.of(0x20, 0));
    const file = conversations([
      "0000000064",
      "0400000068",
      message(104, Uint8Array.of(1)),
      message(200, Uint8Array.of(1, 2)),
      message(101, terminated),
      message(100),
    ]);
    expect(await fields(context, file, ["fourover6.type", "_ws.expert.message"])).toEqual([
      ["100", "The length should be 5: it counts the header"],
      ["104", "The length should be 5: it counts the header"],
      ["104", "A 104 carries no data; it is thrown away"],
      ["200", "A message of the unknown type 200 is skipped"],
      ["101", ""],
      ["100", ""],
    ]);
  });

  it("tells what is wrong in a message, and reads on", async (context) => {
    const wrong = [
      [message(101, Buffer.from("13.8.0.2 0.0.0.0")), "The grant has 2 words, and should have five"],
      [message(101, Buffer.from("13.8.0.2 0.0.0.0 8.8.8.8 8.8.4.4 here")), "The grant's word 5 is no IPv4 address: here"],
      [message(102, Uint8Array.of(0x45)), "The data is too short for an IPv4 packet: 1 byte"],
      [message(102, udp.with(0, 0x60)), "The data is no IPv4 packet: version 6"],
      [message(103, concat(udp, Uint8Array.of(0))), "The IPv4 packet has 30 bytes, and the data 31"],
    ] as const;
    const file = conversations(...wrong.map(([hex]) => [hex, message(104)]));
    const rows = await fields(context, file, ["_ws.expert.message", "fourover6.type"]);
    expect(rows.filter((_, index) => index % 2 === 0).map(([words]) => words)).toEqual(wrong.map(([, words]) => words));
    expect(rows.filter((_, index) => index % 2 === 1)).toEqual(wrong.map(() => ["", "104"]));
  });

  it("tells a framing error, and reads nothing behind it", async (context) => {
    const wrong = [
      [message(102, nothing, 3), "A message of type 102 cannot be 3 bytes long"],
      [message(102, udp, 4102), "A message of type 102 cannot be 4102 bytes long"],
      ["ffffffff64", "A message of type 100 cannot be 4294967295 bytes long"],
    ] as const;
    const file = conversations(...wrong.map(([hex]) => [message(100), hex, message(104)]));
    expect(await fields(context, file, ["fourover6.type", "_ws.expert.message", "_ws.col.Info"])).toEqual(
      wrong.flatMap(([hex, words], index) => [
        ["100", "", "100 IP request"],
        [String(Number.parseInt(hex.slice(8, 10), 16)), words, words],
        ["", `Behind the framing error in frame ${index * 3 + 2}`, `Behind the framing error in frame ${index * 3 + 2}`],
      ]),
    );
  });

  it("guesses the dialect", async (context) => {
    const dialects = [
      ["0000000564", "a length in network byte order (big-endian)"],
      ["0000000000000064", "a header of 8 bytes in network byte order, which counts the data only"],
      ["0810000064", "a length that is always 4104, sizeof(struct)"],
      [`0500000064${"00".repeat(4099)}`, "zeros behind a message: every message fills 4104 bytes, sizeof(struct)"],
      [message(102, udp, 30), "a length that counts the data only"],
      [
        message(102, concat(udp, new Uint8Array(3))),
        "a length of data + 8: three bytes of junk behind the data, from a struct that was not packed",
      ],
      ["474554202f20485454502f312e300d0a", "HTTP"],
      [message(100), ""],
    ] as const;
    const rows = await fields(context, conversations(...dialects.map(([hex]) => [hex])), ["fourover6.dialect"]);
    expect(rows.flat()).toEqual(dialects.map(([, dialect]) => dialect));
  });

  it("shows a failing check's packets, with what the story says of each", async (context) => {
    const packet = { link: "four-over-six", direction: "to-lab", peer: "client 0", bytes: fromHex(message(100)) } as const;
    const expected = { ...packet, direction: "from-lab", bytes: fromHex(message(101, grant)) } as const;
    const failure = {
      story: [{ at: 1500, verb: "recv", words: "client 0: 100 ip-request", packet }],
      at: 1500,
      headline: "expected a 101, but nothing came",
      detail: [],
      comparison: { expected },
    };
    const capture = failureCapture(result("grant", "failed", { failure }));
    const names = ["frame.time_epoch", "frame.interface_name", "fourover6.type", "tcp.checksum.status", "frame.comment"];
    const rows = await fields(context, saved(capture?.bytes ?? nothing), names, "-o", "tcp.check_checksum:TRUE");
    const right = "1";
    expect(rows).toEqual([
      ["1.500000000", "tunnel", "100", right, "recv, t=1.500 s: client 0: 100 ip-request"],
      ["1.500000000", "tunnel-expected", "101", right, "missing: expected frame stands here\\nexpected a 101, but nothing came"],
    ]);
    expect(capture?.frame).toBe(2);
  });
});
