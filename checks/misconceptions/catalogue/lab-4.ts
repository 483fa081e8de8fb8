import { inSections } from "./sections.ts";

export const lab4Misconceptions = inSections("lab-4", "docs/lab-4-tun-server.md", {
  "connecting-and-the-grant": [
    {
      name: "trailing-space",
      check: "lab-4.grants-an-address",
      says: "You seem to put something behind the text of the 101. addressGrant.serialize writes exactly what goes on the wire.",
    },
    {
      name: "dns-constant",
      check: "lab-4.grant-says-what-is-configured",
      says: "You seem to have the DNS servers written into the code. They come from the configuration, as the route does.",
    },
    {
      name: "address-at-connect",
      check: "lab-4.each-its-own-address",
      says: "You seem to lend an address to whoever connects. Connecting is not asking: an address is lent at the first message 100.",
    },
    {
      name: "second-address",
      check: "lab-4.second-request-same-address",
      says: "You seem to lend a second address at a second 100, and the first is never given back. Ask the session table: it answers with the same one.",
    },
    {
      name: "answers-once",
      check: "lab-4.second-request-same-address",
      says: "You seem to answer the first 100 only. Perhaps the client has not understood: send the same 101 again.",
    },
    {
      name: "heartbeat-restarted-by-request",
      check: "lab-4.second-request-keeps-heartbeat",
      says: "You seem to make a new heartbeat at each 100. A client that keeps asking would live for ever without a single 104: make it at the first 100 alone.",
    },
    {
      name: "garbage-when-exhausted",
      check: "lab-4.pool-exhausted",
      says: "You seem to invent an address when none is left. Clients configure what you send: there is no message for no, so send nothing and close.",
    },
    {
      name: "exhausted-not-closed",
      check: "lab-4.pool-exhausted",
      says: "You seem to keep the connection when no address is left. The client would wait for a 101 that never comes: close, with pool-exhausted.",
    },
    {
      name: "exhausted-once-exhausted",
      check: "lab-4.pool-recovers",
      says: "You seem to remember that the pool was empty. When a client leaves, its address can be lent: ask the pool anew each time.",
    },
    {
      name: "counts-clients",
      check: "lab-4.holder-asks-when-empty",
      says: "You seem to look whether the pool is empty before you look who asks. Whoever holds an address gets it again: ask the session table.",
    },
  ],
  "client-to-tun": [
    {
      name: "any-source",
      also: ["source-in-network", "source-lent-to-anybody"],
      check: "lab-4.spoofed-source",
      says: "You seem to forward a packet whose source is not the client's own. Then one client can speak as another: all four bytes must be those of the address that is lent to this very session.",
    },
    {
      name: "destination-is-checked",
      check: "lab-4.spoofed-source",
      says: "You seem to compare the destination with the client's address. What a client sends comes from its address: the source is at byte 12.",
    },
    {
      name: "spoofing-is-malformed",
      check: "lab-4.spoofed-source",
      says: "You seem to give another reason for a source that is not lent. The packet is whole, and the log must be able to tell: spoofed-source.",
    },
    {
      name: "length-not-checked",
      check: "lab-4.whole-packets-only",
      says: "You seem not to compare the total length with the data. A 102 holds one whole packet: a cut one, and one with something behind it, are dropped.",
    },
    {
      name: "header-length-not-checked",
      also: ["header-may-be-longer"],
      check: "lab-4.whole-packets-only",
      says: "You seem not to look at the header length. It must be at least 20 bytes, and not more than the total length.",
    },
    {
      name: "padding-allowed",
      check: "lab-4.whole-packets-only",
      says: "You seem to let bytes behind the packet pass. On Ethernet that is padding; in a message there is none, so the total length is exactly the data's.",
    },
    {
      name: "little-endian-length",
      check: "lab-4.writes-to-tun",
      says: "You seem to read the total length low byte first. Only 4over6's own length is little-endian; IP puts the high byte first.",
    },
    {
      name: "options-refused",
      check: "lab-4.packets-unchanged",
      says: "You seem to take every header for 20 bytes. A header with options is longer, and as good as any.",
    },
    {
      name: "message-into-tun",
      check: "lab-4.writes-to-tun",
      says: "You seem to write the whole message to the TUN. The device wants packets: the five bytes of header stay behind.",
    },
    {
      name: "time-to-live-lowered",
      check: "lab-4.packets-unchanged",
      says: "You seem to change the packet, as a router would. The kernel behind the device does that: write it byte by byte as it came.",
    },
    {
      name: "between-clients",
      check: "lab-4.any-destination",
      says: "You seem to look at the destination of a client's packet. The kernel does the routing, also to another client: write it to the TUN.",
    },
    {
      name: "first-event-only",
      check: "lab-4.several-messages-in-a-chunk",
      says: "You probably believe that one chunk is one message. The decoder may give several events: act on each.",
    },
    {
      name: "one-answer-a-chunk",
      check: "lab-4.replay-session-b",
      says: "You seem to return what came of the last message of a chunk. Each event may ask for something: collect all actions, in order.",
    },
    {
      name: "decoder-per-chunk",
      check: "lab-4.messages-cut-anywhere",
      says: "You seem to make a decoder for each chunk. It remembers the message that is not whole yet: make one at connect, and keep it.",
    },
    {
      name: "one-decoder",
      check: "lab-4.sessions-do-not-mix",
      says: "You seem to have one decoder for all sessions. Half a message of one client is then completed by another's bytes: one for each.",
    },
    {
      name: "limit-constant",
      check: "lab-4.length-limit-is-configured",
      says: "You seem to have the largest length written into the code. maxLength is part of the configuration.",
    },
  ],
  "tun-to-client": [
    {
      name: "version-not-checked",
      check: "lab-4.tun-ipv6",
      says: "You seem to read whatever comes out of the TUN as IPv4. Linux sends an IPv6 router solicitation as soon as the device is up: look at the version first.",
    },
    {
      name: "aborts-at-ipv6",
      check: "lab-4.replay-session-a",
      says: "You seem to throw at IPv6 from the TUN. The kernel sends it by itself, and it is no reason to end: drop it, with not-ipv4.",
    },
    {
      name: "by-source",
      check: "lab-4.tun-to-client",
      says: "You seem to look up the source of a packet from the TUN. It comes from the internet; who gets it is said by the destination, at byte 16.",
    },
    {
      name: "tun-not-checked",
      check: "lab-4.tun-malformed",
      says: "You seem to trust what comes out of the TUN. Ask there too whether it is one whole packet.",
    },
    {
      name: "too-long-sent",
      check: "lab-4.tun-too-long",
      says: "You seem to forget the five bytes of header when you compare with maxLength. The whole message has to fit.",
    },
    {
      name: "to-everybody",
      check: "lab-4.tun-to-client",
      says: "You seem to send a packet from the TUN to every client. Only the one who holds its destination may see it.",
    },
    {
      name: "unknown-to-first",
      check: "lab-4.tun-unknown-destination",
      says: "You seem to find a client for every packet. Broadcasts, and answers to whoever has just left, belong to nobody: drop them, with no-session.",
    },
    {
      name: "sends-102",
      check: "lab-4.tun-to-client",
      says: "You seem to send packets to the client as 102. That is the way up; down to the client it is a 103.",
    },
    {
      name: "owner-zero-is-nobody",
      check: "lab-4.tun-to-client",
      says: "You seem to ask whether the owner is truthy. Session 0 is a session like any other: compare with undefined.",
    },
    {
      name: "first-owner-stays",
      check: "lab-4.reused-address",
      says: "You seem to remember who had an address first. It is lent again when its holder leaves: the session table knows who has it now.",
    },
  ],
  time: [
    {
      name: "asks-as-heartbeat",
      check: "lab-4.heartbeat-is-sent",
      says: "You seem to send another type when a heartbeat is due. It is a 104, in both directions.",
    },
    {
      name: "one-clock-for-all",
      check: "lab-4.heartbeats-apart",
      says: "You seem to have one heartbeat for all clients. Each has its own, from its own first 100.",
    },
    {
      name: "burst",
      check: "lab-4.one-heartbeat-a-tick",
      says: "You seem to cut a long tick into pieces. A machine that slept would send each client a burst of heartbeats: pass the time on as it is.",
    },
    {
      name: "answers-heartbeats",
      check: "lab-4.heartbeat-keeps-alive",
      says: "You seem to answer a 104 with a 104. Each side sends by its own clock; two that answer each other never stop.",
    },
    {
      name: "104-not-heard",
      check: "lab-4.heartbeat-keeps-alive",
      says: "You seem not to tell the heartbeat of a 104. Call heard(), or clients die while they are talking.",
    },
    {
      name: "data-is-heard",
      check: "lab-4.data-is-not-heard",
      says: "You seem to take every message for a sign of life. Only a 104 counts: a client that uploads all day and sends none is closed after a minute.",
    },
    {
      name: "traffic-restarts-sending",
      check: "lab-4.traffic-delays-no-heartbeat",
      says: "You seem to put your heartbeat off when there is traffic. The client waits for a 104, and a 103 is none.",
    },
    {
      name: "never-asked-stays",
      check: "lab-4.never-asked-closed",
      says: "You seem to let a connection that never asks stay for ever. It has no heartbeat, so add its time up yourself and close it after deadAfter.",
    },
    {
      name: "heartbeat-before-grant",
      check: "lab-4.never-asked-closed",
      says: "You seem to send heartbeats to a connection without an address. Its heartbeat begins with the first 100.",
    },
    {
      name: "104-extends-wait",
      also: ["bytes-extend-wait"],
      check: "lab-4.nothing-extends-the-wait",
      says: "You seem to give a connection without an address more time when it sends something. Only a 100 helps it: the wait counts from connect.",
    },
    {
      name: "clocks-from-connect",
      check: "lab-4.late-request",
      says: "You seem to start the heartbeat with the connection. A client that asks late would die early: both clocks begin at the first 100.",
    },
    {
      name: "times-constant",
      also: ["wait-constant"],
      check: "lab-4.timing-is-configured",
      says: "You seem to have 20 s or 60 s written into the code. Both durations are part of the configuration.",
    },
    {
      name: "tick-stops-at-first-death",
      check: "lab-4.one-dies-others-live",
      says: "You seem to end the tick when a client dies. The others live in the same one: collect the actions of all.",
    },
    {
      name: "farewell-heartbeat",
      check: "lab-4.dead-wins-over-due",
      says: "You seem to send a heartbeat to a client that dies. The heartbeat of lab 3 says one thing a tick, and peer-dead means close alone.",
    },
  ],
  closing: [
    {
      name: "framing-error-ignored",
      check: "lab-4.framing-error-closes",
      says: "You seem to go on when framing is lost. Nobody can tell where the next message begins: close, with bad-message.",
    },
    {
      name: "framing-error-first",
      check: "lab-4.acts-before-framing-error",
      says: "You seem to throw a chunk with a framing error away as a whole. What stands before the error is whole, and acts: grant, write, then close.",
    },
    {
      name: "goes-on-after-close",
      check: "lab-4.exhausted-is-closed",
      says: "You seem to act on what stands behind the message that closed the session. After a close the loop over the events ends.",
    },
    {
      name: "address-lost-at-disconnect",
      check: "lab-4.disconnect-gives-back",
      says: "You seem not to give the address back when a client leaves. A few hundred resets later none is left: every way out is the same way out.",
    },
    {
      name: "address-lost-at-death",
      check: "lab-4.silent-client-closed",
      says: "You seem to keep the address of a client that fell silent. Giving it up means giving its address back, as at each other end.",
    },
    {
      name: "address-lost-at-error",
      check: "lab-4.framing-error-closes",
      says: "You seem to keep the address of a session that you close for lost framing. Write the way out once, and take it at each end.",
    },
    {
      name: "session-kept-at-disconnect",
      check: "lab-4.disconnect-without-address",
      says: "You seem to let a session live on after its client has left. Forget it at once: it would tick, and be closed a second time.",
    },
    {
      name: "speaks-after-close",
      check: "lab-4.silence-after-close",
      says: "You seem to begin anew when bytes come after your close. They were on their way: what you do not know is answered with [].",
    },
    {
      name: "disconnect-throws",
      check: "lab-4.silence-after-close",
      says: "You seem to throw at a disconnect after your own close. The shell reports each end, also the one that you made: answer [].",
    },
    {
      name: "cores-share-sessions",
      check: "lab-4.two-cores",
      says: "You seem to keep the sessions outside of createServerCore, where all cores share them. Each core has its own.",
    },
  ],
  "what-is-tolerated": [
    {
      name: "crash-before-grant",
      check: "lab-4.before-the-grant",
      says: "You seem to look up a client that has no address yet. A 102 or a 104 may come before the first 100: drop it, with no-address.",
    },
    {
      name: "closes-before-grant",
      check: "lab-4.before-the-grant",
      says: "You seem to close at a 104 that comes before the first 100. It does no harm: drop it, with no-address, and go on.",
    },
    {
      name: "wrong-direction-closes",
      check: "lab-4.wrong-direction",
      says: "You seem to close at a 101 or 103 from a client. It makes no sense, and does no harm: drop it, with wrong-direction, and go on.",
    },
    {
      name: "103-into-tun",
      check: "lab-4.wrong-direction",
      says: "You seem to forward a 103 from a client as if it were a 102. A 103 goes the other way: drop it, with wrong-direction.",
    },
    {
      name: "unknown-type-closes",
      check: "lab-4.unknown-types",
      says: "You seem to close at an unknown type. The decoder has skipped its data, so the stream is well: drop it, with unknown-type, and go on.",
    },
    {
      name: "unknown-type-not-counted",
      check: "lab-4.unknown-types",
      says: "You seem to pass over an unknown type in silence. Return a drop, with unknown-type: the log must be able to tell.",
    },
    {
      name: "request-must-be-exact",
      check: "lab-4.data-in-100-and-104",
      says: "You seem to insist that a 100 is exactly five bytes long. Several clients send more, or a wrong length: the decoder has already seen to it.",
    },
  ],
  "the-shell": [
    {
      name: "shell-forgets-disconnect",
      check: "lab-4.shell-fin-and-reset",
      says: "You seem not to tell the core that a client has left. This one line gives the address back after a FIN or a reset.",
    },
    {
      name: "shell-does-not-listen-to-tun",
      check: "lab-4.shell-round-trip",
      says: "You seem not to give the device's packets to the core. Each packet of a batch goes to receiveFromTun.",
    },
    {
      name: "shell-late-batch",
      check: "lab-4.shell-batch",
      says: "You seem to look at packets later. A batch is only lent during the call: act before you return, without await or setImmediate.",
    },
    {
      name: "shell-late-chunk",
      check: "lab-4.shell-round-trip",
      says: "You seem to act on a chunk later. Its bytes are only lent during the call: act before you return, without await or setImmediate.",
    },
    {
      name: "shell-first-of-batch",
      check: "lab-4.shell-batch",
      says: "You seem to take one packet of a batch. The device hands over all that it has: give each to the core.",
    },
    {
      name: "shell-backwards",
      check: "lab-4.shell-batch",
      says: "You seem to give a batch to the core from behind. Order matters to whoever gets the packets: TCP takes reordering for loss.",
    },
    {
      name: "shell-closes-slow",
      check: "lab-4.shell-slow-client",
      says: "You seem to close a client that reads too slowly. A full connection loses this message, as a router would, and TCP in the tunnel repeats it: count it, and go on.",
    },
    {
      name: "shell-waits-for-slow",
      check: "lab-4.shell-slow-client",
      says: "You seem to wait until a slow client has read. Then one client that reads nothing stops all the others: what does not fit is lost.",
    },
    {
      name: "shell-no-clock",
      also: ["shell-ticks-for-nothing"],
      check: "lab-4.shell-heartbeat",
      says: "You seem not to perform what comes of a tick. Without it no heartbeat is sent and nobody is given up.",
    },
    {
      name: "shell-one-action",
      check: "lab-4.shell-captured-client",
      says: "You seem to perform the first action only. The core returns a list: go through all of it, in order.",
    },
    {
      name: "shell-last-connection",
      check: "lab-4.shell-two-clients",
      says: "You seem to send everything to the newest connection. Each action names its session: keep the connections by their ids.",
    },
    {
      name: "shell-keyed-by-host",
      check: "lab-4.shell-two-clients",
      says: "You seem to tell clients apart by their address. Two clients may live on one host: each connection has an id of its own.",
    },
    {
      name: "shell-counts-too-little",
      also: ["shell-failed-accept-not-counted"],
      check: "lab-4.shell-losses",
      says: "You seem not to count all that is lost: what a slow client or a full device does not take, who could not be accepted. The log must be able to tell.",
    },
    {
      name: "shell-trips-over-the-gone",
      also: ["shell-remembers-the-gone"],
      check: "lab-4.shell-losses",
      says: "You seem to rely on a connection being there. When its client has gone it is forgotten, and what the core still sends to it is a loss like any other.",
    },
    {
      name: "shell-stops-at-failed-accept",
      check: "lab-4.shell-losses",
      says: "You seem to stop when one connection cannot be accepted. Those that are there are served on: count it, with failed-accept, and no more.",
    },
    {
      name: "shell-late-client-stays",
      check: "lab-4.shell-stop-in-trouble",
      says: "You seem to serve a client that comes while the server stops. It would keep the listener open: close it at once.",
    },
    {
      name: "shell-stops-half",
      also: ["shell-stop-waits-for-the-first", "shell-stop-hides-failure"],
      check: "lab-4.shell-stop-in-trouble",
      says: "You seem to stop at the first thing that does not close, or not to tell of it. The other one is closed and waited for all the same, and then the promise is rejected.",
    },
    {
      name: "shell-nobody-hears-failure",
      check: "lab-4.shell-stop-in-trouble",
      says: "You seem to leave the promise of stop() alone when the device is gone. Rejected, with nobody who listens, it ends the whole process: catch it there.",
    },
    {
      name: "shell-stop-keeps-connections",
      check: "lab-4.shell-stop-once",
      says: "You seem to leave the connections open in stop(). Their clients would go on waiting for a server that has ended: close each of them.",
    },
    {
      name: "shell-stops-twice",
      check: "lab-4.shell-stop-once",
      says: "You seem to close everything again at each call of stop(). Stopping twice is stopping once: keep the promise of the first call, and give it again.",
    },
    {
      name: "shell-stop-meets-itself",
      check: "lab-4.shell-stop-once",
      says: "You seem to close things before the promise of stop() is kept. A device reports its closing at once, and your onClose then begins stop() anew: keep the promise first.",
    },
    {
      name: "shell-stop-does-not-wait",
      check: "lab-4.shell-stop-once",
      says: "You seem to end stop() before all is closed. Whoever calls it wants to know when the port is free again: wait for the listener and the device.",
    },
    {
      name: "shell-no-close",
      check: "lab-4.shell-close",
      says: "You seem not to perform close. The core has given the session up: its socket has to go.",
    },
    {
      name: "shell-closes-all",
      check: "lab-4.shell-close",
      says: "You seem to close every connection when one is to go. The action names its session.",
    },
  ],
});
