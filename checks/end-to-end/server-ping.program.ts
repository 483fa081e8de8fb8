import { pingFields, pingPacket } from "./server-packets.ts";
import { askForAddress, message, openPeer } from "./server-peer.ts";

/*
 * A client in one run, for tests in a network of their own: asks for an address at the server on port PORT, pings TO through the tunnel, and
 * prints the first answer: server-ping PORT TO
 */
const [port = "", to = ""] = process.argv.slice(2);
const peer = await openPeer(Number(port));
const from = await askForAddress(peer);
peer.send(message(102, pingPacket({ from, to })));
let answer = await peer.next();
while (answer.type !== 103) answer = await peer.next();
console.log(JSON.stringify(pingFields(answer.data)));
peer.socket.end();
