import { toHex } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import { readEcho, readPacket } from "./packets.ts";
import { heartbeat, internetRequest, internetResponse, ipRequest, ipResponse } from "./wire.ts";

/** The names that the labs use. */
const typeNames: Readonly<Record<number, string>> = {
  [ipRequest]: "ip-request",
  [ipResponse]: "ip-response",
  [internetRequest]: "internet-request",
  [internetResponse]: "internet-response",
  [heartbeat]: "heartbeat",
};

const protocolNames: Readonly<Record<number, string>> = { 1: "ICMP", 6: "TCP", 17: "UDP" };

/** `104 heartbeat`, `103 echo reply 1  13.8.0.1 > 13.8.0.2  84 bytes`: short, for a story is told in narrow lines. */
export function messageWords(type: number, data: Uint8Array): string {
  const name = `${type} ${typeNames[type] ?? "(unknown type)"}`;
  if (type === ipResponse) return `${name}  ${JSON.stringify(Buffer.from(data).toString("latin1"))}`;
  if (type === internetRequest || type === internetResponse) return `${type} ${packetWords(data)}`;
  return data.length === 0 ? name : `${name}  with ${counted(data.length, "byte")} of data`;
}

/** A packet in words, or its first bytes when it is none. */
export function packetWords(bytes: Uint8Array): string {
  const view = readPacket(bytes);
  if (view === undefined) return bytes.length === 0 ? "no data" : `${counted(bytes.length, "byte")}: ${firstBytes(bytes)}`;
  const echo = readEcho(bytes);
  const kind =
    echo === undefined
      ? (protocolNames[view.protocol] ?? `protocol ${view.protocol}`)
      : `echo ${echo.isReply ? "reply" : "request"} ${echo.sequence}`;
  return `${kind}${view.isFragment ? ", a fragment" : ""}  ${view.source} > ${view.destination}  ${counted(view.totalLength, "byte")}`;
}

/** `05 00 00 00 64 …` */
function firstBytes(bytes: Uint8Array, most = 8): string {
  const shown = toHex(bytes.subarray(0, most)).replace(/..(?=.)/g, "$& ");
  return bytes.length > most ? `${shown} …` : shown;
}
