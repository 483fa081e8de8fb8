import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { isIpv4 } from "#kit/addresses.ts";
import { equalBytes } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import { echoRequest, readEcho, readPacket } from "./packets.ts";
import type { Peer } from "./peer.ts";
import { internetRequest, internetResponse, ipRequest, ipResponse, message, type ServerMessage } from "./wire.ts";
import { messageWords, packetWords } from "./words.ts";

/** A peer that has been lent an address. */
export type Client = Peer & {
  readonly address: string;
  /** The text of the 101, as it came. */
  readonly grant: string;
};

/** Sends a 100 and reads the answer as tolerantly as the programs do that use `sscanf`. */
export async function requestAddress(peer: Peer): Promise<Client> {
  const request = message(ipRequest);
  peer.send(request, messageWords(ipRequest, new Uint8Array(0)));
  return readGrant(peer);
}

/** The answer to a 100 that was sent already. */
export async function readGrant(peer: Peer): Promise<Client> {
  const response = await peer.next(`${peer.name} to be lent an address with a 101`, ({ type }) => type === ipResponse);
  const grant = Buffer.from(response.data).toString("latin1");
  const [address = ""] = grantWords(grant);
  if (!isIpv4(address)) {
    throw new CheckFailure("the 101 does not begin with an IPv4 address", [
      { kind: "expected", text: "expected  13.8.0.2 0.0.0.0 202.38.120.242 8.8.8.8 202.106.0.20 (say)" },
      { kind: "got", text: `got       ${JSON.stringify(grant)}` },
    ]);
  }
  return { ...peer, address, grant };
}

/** The words of a 101 as a tolerant client reads them: a NUL ends the text, as it does in C. */
export function grantWords(grant: string): readonly string[] {
  return (grant.split("\0")[0] ?? "").trim().split(/\s+/);
}

export type PingOptions = {
  /** An address that answers, if left out. */
  readonly to?: string;
  /** The whole packet, in bytes. 84 if left out, as the program ping makes them. */
  readonly length?: number;
  readonly within?: Millis;
};

const icmpHeaders = 28;

/** A ping, ready to be sent, and how its answer is known. */
export type PreparedPing = {
  readonly request: Uint8Array;
  readonly packet: Uint8Array;
  readonly isAnswer: (message: ServerMessage) => boolean;
  readonly payload: Uint8Array;
};

let lastIdentifier = 0x4000;
const identifiers = new WeakMap<Peer, { readonly identifier: number; sequence: number }>();

/** The next ping of this client. Each client has an identifier of its own, so that nobody takes another's answer for its own. */
export function preparePing(client: Client, to: string, length = 84): PreparedPing {
  let counter = identifiers.get(client);
  if (counter === undefined) {
    lastIdentifier = (lastIdentifier + 1) & 0xffff;
    counter = { identifier: lastIdentifier, sequence: 0 };
    identifiers.set(client, counter);
  }
  const { identifier } = counter;
  const sequence = (counter.sequence = (counter.sequence + 1) & 0xffff);
  const payload = Uint8Array.from({ length: length - icmpHeaders }, (_, index) => (index * 7 + sequence + identifier) & 0xff);
  const packet = echoRequest(client.address, to, { identifier, sequence }, payload);
  const isAnswer = ({ type, data }: ServerMessage): boolean => {
    const echo = type === internetResponse ? readEcho(data) : undefined;
    return echo?.isReply === true && echo.identifier === identifier && echo.sequence === sequence;
  };
  return { request: message(internetRequest, packet), packet, isAnswer, payload };
}

/** Fails unless the answer carries what the ping carried, for the client that sent it. */
export function requireAnswer(client: Client, { payload }: PreparedPing, { data }: ServerMessage): void {
  const echo = readEcho(data);
  const to = readPacket(data)?.destination;
  if (to !== client.address)
    throw new CheckFailure(`${client.name} holds ${client.address} and got a packet for ${to}`, [
      { kind: "got", text: `  ${packetWords(data)}` },
    ]);
  if (echo !== undefined && !equalBytes(echo.payload, payload))
    throw new CheckFailure(`the answer to ${client.name}'s ping does not carry what the ping carried`, [
      { kind: "expected", text: `expected  ${counted(payload.length, "byte")} of data` },
      {
        kind: "got",
        text: `got       ${counted(echo.payload.length, "byte")} of data${echo.payload.length === payload.length ? ", not the same" : ""}`,
      },
    ]);
}

/** The ping of an exam: to the site's own address that answers, unless another is named. */
export function createPings(site: { readonly pingTarget: (lent: string) => string }) {
  return async (client: Client, { to = site.pingTarget(client.address), length, within }: PingOptions = {}): Promise<Millis> => {
    const prepared = preparePing(client, to, length);
    const sentAt = performance.now();
    client.send(prepared.request, messageWords(internetRequest, prepared.packet));
    const answer = await client.next(`${client.name}'s ping of ${to} to be answered`, prepared.isAnswer, within);
    requireAnswer(client, prepared, answer);
    return answer.at - sentAt;
  };
}
