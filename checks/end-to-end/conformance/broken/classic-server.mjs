// A 4over6 server as students write it, in one file and without anything of the kit: the suite must be able to test it like any other.
// It has an internet in memory that answers pings. node classic-server.mjs PORT [one of the faults that are named below]

import { createServer } from "node:net";

const [, , port = "5678", fault = ""] = process.argv;
const second = 1000;
const dns = "0.0.0.0 8.8.8.8 8.8.4.4 1.1.1.1";

/** @typedef {{ socket: import("node:net").Socket, bytes: Buffer, host: number, heard: number, sent: number }} User */
/** @type {Set<User>} */
const users = new Set();
const now = () => performance.now();

/** @param {Buffer} packet */
const isWhole = (packet) =>
  packet.length >= 20 && (packet[0] ?? 0) >> 4 === 4 && ((packet[0] ?? 0) & 15) >= 5 && packet.readUInt16BE(2) === packet.length;

/** @param {User} user @param {number} type @param {Uint8Array} data */
function send(user, type, data) {
  const header = Buffer.alloc(5);
  header.writeUInt32LE(5 + data.length);
  header.writeUInt8(type, 4);
  if (user.socket.destroyed || (user.socket.writableLength > 1e6 && fault !== "keeps everything")) return;
  if (fault === "two writes") {
    user.socket.write(header);
    user.socket.write(data);
  } else if (fault === "drops a part" && user.socket.writableLength > 5e5) user.socket.write(data.subarray(0, 20));
  else user.socket.write(Buffer.concat([header, data]));
  // As a blocking send does: nothing else happens until this one client has read.
  if (fault === "waits for a reader" && user.socket.writableNeedDrain) for (;;);
}

/** @param {Buffer} packet */
function internet(packet) {
  const icmp = ((packet[0] ?? 0) & 15) * 4;
  const toClient = packet.subarray(16, 19).equals(Buffer.of(13, 8, 0)) && packet[19] !== 1;
  if (!toClient) {
    if (packet[9] !== 1 || packet[icmp] !== 8) return;
    const source = Buffer.from(packet.subarray(12, 16));
    packet.copy(packet, 12, 16, 20);
    source.copy(packet, 16);
    packet[icmp] = 0;
  }
  const owner = [...users].find(({ host }) => host === packet[19]);
  if (owner !== undefined) send(owner, 103, packet);
}

/** @param {User} user @param {number} type @param {Buffer} data */
function handle(user, type, data) {
  if (type === 100) {
    const taken = new Set(Array.from(users, ({ host }) => host));
    user.host ||= Array.from({ length: 253 }, (_, index) => index + 2).find((host) => !taken.has(host)) ?? 0;
    if (user.host === 0) return user.socket.destroy();
    user.heard ||= now();
    user.sent ||= now();
    return send(user, 101, Buffer.from(`13.8.0.${user.host} ${dns}`));
  }
  if (type === 104 && user.host > 0) user.heard = now();
  if (type === 102 && user.host > 0 && isWhole(data) && data.subarray(12, 16).equals(Buffer.of(13, 8, 0, user.host)))
    internet(Buffer.from(data));
  return undefined;
}

/** @param {User} user */
function readMessages(user) {
  while (user.bytes.length >= 5 && !user.socket.destroyed) {
    const [announced, type] = [user.bytes.readUInt32LE(), user.bytes.readUInt8(4)];
    const length = announced < 5 && (type === 100 || type === 104) ? 5 : announced;
    if (length < 5 || length > 4101) return user.socket.destroy();
    if (user.bytes.length < length) break;
    const data = user.bytes.subarray(5, length);
    user.bytes = user.bytes.subarray(length);
    handle(user, type, data);
  }
  return undefined;
}

const server = createServer({ noDelay: fault !== "two writes", allowHalfOpen: fault === "keeps the other half" });
server.on("connection", (socket) => {
  /** @type {User} */
  const user = { socket, bytes: Buffer.alloc(0), host: 0, heard: 0, sent: 0 };
  const opened = now();
  users.add(user);
  socket.on("data", (chunk) => {
    user.bytes = Buffer.concat([user.bytes, chunk]);
    readMessages(user);
    if (fault === "reads one client to the end" && user.bytes.length > 0)
      for (const other of users) if (other !== user) other.socket.pause();
  });
  if (fault !== "dies of a reset") socket.on("error", () => {});
  socket.on("close", () => users.delete(user));
  if (fault === "one host, one user") for (const other of users) if (other !== user && other.host > 0) user.host = other.host;
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else if (now() - (user.heard || opened) > 60 * second) socket.destroy();
    else if (user.host > 0 && now() - user.sent >= 20 * second) {
      user.sent = now();
      send(user, 104, Buffer.alloc(0));
    }
  }, second / 4);
});
server.listen(Number(port), "::1");
