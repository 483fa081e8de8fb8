import { inSections } from "./sections.ts";

export const lab5Misconceptions = inSections("lab-5", "docs/lab-5-arp-interface.md", {
  sending: [
    {
      name: "destination-asked-for",
      check: "lab-5.by-next-hop",
      says: "You seem to ask for the packet's destination. It may be on the other side of the world: on this link, ask for the next hop.",
    },
    {
      name: "queue-by-destination",
      check: "lab-5.by-next-hop",
      says: "You seem to queue by the packet's destination. Packets to many destinations wait for one gateway: the key is the next hop.",
    },
    {
      name: "keeps-the-packet",
      check: "lab-5.queue-keeps-copies",
      says: "You seem to queue the caller's packet. Its payload is only lent, and is overwritten after the call: keep the serialized bytes.",
    },
    {
      name: "sent-by-next-send",
      check: "lab-5.queue-in-order",
      says: "You seem not to send what waits when the answer comes. It goes out with the answer: the next send may never come.",
    },
    {
      name: "broadcasts-the-unknown",
      check: "lab-5.request-frame",
      says: "You seem to send a packet to everybody when you do not know its next hop. Ask first: the packet waits.",
    },
    {
      name: "asks-for-each-packet",
      check: "lab-5.one-request",
      says: "You seem to ask again for each packet. A page full of packets would be a storm of requests: once in 5 seconds is enough.",
    },
    {
      name: "asks-for-each-destination",
      check: "lab-5.two-destinations-one-hop",
      says: "You seem to ask again for each destination. They share a next hop, and so they share one question.",
    },
    {
      name: "asks-once-for-a-destination",
      check: "lab-5.one-destination-two-hops",
      says: "You seem to remember by destination that you have asked. By another next hop it is another question.",
    },
    {
      name: "last-come-first-served",
      check: "lab-5.queue-in-order",
      says: "You seem to send what waited from behind. Packets leave in the order in which they came.",
    },
    {
      name: "only-the-newest-waits",
      check: "lab-5.queue-in-order",
      says: "You seem to keep one packet for each next hop. All that come while you wait go out together.",
    },
    {
      name: "first-packet-lost",
      check: "lab-5.queue-in-order",
      says: "You seem to lose the packet that made you ask. The request goes out instead of it, and the packet waits with the others.",
    },
    {
      name: "queue-not-emptied",
      check: "lab-5.queue-once",
      says: "You seem to send what waited again with each answer. Once sent, the queue is gone.",
    },
    {
      name: "first-answer-takes-all",
      check: "lab-5.queue-of-others-stays",
      says: "You seem to send all that waits to the first who answers. Each next hop has a queue of its own.",
    },
    {
      name: "one-table-for-all",
      also: ["one-queue-for-all", "one-of-each-for-all"],
      check: "lab-5.two-interfaces",
      says: "You seem to keep the table or the queue outside of createNetworkInterface, where all interfaces share it. Each link has its own neighbours.",
    },
    {
      name: "counts-hops",
      also: ["counts-hops-in-place"],
      check: "lab-5.known-next-hop",
      says: "You seem to count the packet's timeToLive down. That is a router's work; an interface sends the packet as it is.",
    },
  ],
  receiving: [
    {
      name: "delivers-only-ours",
      check: "lab-5.delivers-whatever-destination",
      says: "You seem to deliver only what is for your own IP. A router gets packets for others all day: the frame was for you, and whoever sits above decides.",
    },
    {
      name: "no-broadcasts",
      check: "lab-5.delivers-broadcast",
      says: "You seem to deliver only what was sent to your MAC. A frame to ff:ff:ff:ff:ff:ff is for you as well.",
    },
    {
      name: "packets-of-others",
      check: "lab-5.ignores-ipv4-for-others",
      says: "You seem to take packets in frames for others. On a shared link you see a good deal of them: look at the frame's destination first.",
    },
    {
      name: "any-group",
      check: "lab-5.ignores-ipv4-for-others",
      says: "You seem to take every group address for a broadcast. You have joined no group: only your MAC and ff:ff:ff:ff:ff:ff are for you.",
    },
    {
      name: "padding-is-payload",
      check: "lab-5.ipv4-padding",
      says: "You seem to take all that stands behind the header for payload. Ethernet pads short frames: deliver the packet that ipv4Packet.parse gives.",
    },
    {
      name: "throws-at-ipv4",
      check: "lab-5.malformed-ipv4",
      says: "You seem to throw at a packet that does not parse. Anybody on the link can send anything: return [].",
    },
    {
      name: "throws-at-arp",
      check: "lab-5.malformed-arp",
      says: "You seem to throw at an ARP message that does not parse. Anybody on the link can send anything: return [].",
    },
    {
      name: "all-else-is-arp",
      check: "lab-5.unknown-ether-types",
      says: "You seem to take whatever is not IPv4 for ARP. There are more EtherTypes, 0x86dd for IPv6 among them: ignore those.",
    },
    {
      name: "arp-of-others",
      check: "lab-5.ignores-arp-for-others",
      says: "You seem to read ARP before you look at the frame's destination. ARP in a frame for somebody else is none of your business either.",
    },
    {
      name: "replies-to-all",
      check: "lab-5.answers-request",
      says: "You seem to send your reply to everybody. It is for the asker alone.",
    },
    {
      name: "answers-newcomers-only",
      check: "lab-5.answers-every-time",
      says: "You seem to answer only those whom you do not know. Whoever asks again has forgotten: answer every time.",
    },
    {
      name: "answers-broadcasts-only",
      check: "lab-5.answers-unicast-request",
      says: "You seem to answer only what was asked of everybody. A neighbour that wants to know whether you are still there asks you alone.",
    },
    {
      name: "compares-target-mac",
      check: "lab-5.answers-unicast-request",
      says: "You seem to look at the request's targetMac. It is what is being asked for, so its value says nothing: targetIp decides.",
    },
    {
      name: "replies-to-frame-source",
      check: "lab-5.answers-to-arp-sender",
      says: "You seem to send the reply to the frame's source. senderMac in the message counts; a proxy may have passed it on.",
    },
    {
      name: "answers-for-all",
      check: "lab-5.others-are-not-answered-for",
      says: "You seem to answer every request. Who answers for others gets their packets: only for your own IP.",
    },
    {
      name: "answers-for-known",
      check: "lab-5.others-are-not-answered-for",
      says: "You seem to answer for the neighbours that you know. They answer for themselves: only for your own IP.",
    },
    {
      name: "answers-replies",
      check: "lab-5.replies-are-not-answered",
      says: "You seem to answer a reply with a reply. Two such hosts would never stop: only a request is answered.",
    },
  ],
  learning: [
    {
      name: "learns-the-target",
      check: "lab-5.known-next-hop",
      says: "You seem to learn the target's addresses. The sender is the one who knows: senderIp is at senderMac.",
    },
    {
      name: "learns-what-it-asked",
      check: "lab-5.learns-unasked",
      says: "You seem to learn only what you have asked for. Each message teaches, also a reply out of the blue.",
    },
    {
      name: "forgets-the-asker",
      check: "lab-5.learns-from-request",
      says: "You seem to answer a request and forget who asked. The asker has told you where it is: learn that, too.",
    },
    {
      name: "learns-from-replies-only",
      check: "lab-5.learns-from-request-for-others",
      says: "You seem to learn from replies only. A request says where its sender is as well: the lesson counts, not the kind of message.",
    },
    {
      name: "learns-from-its-own-requests",
      check: "lab-5.learns-from-request-for-others",
      says: "You seem to learn from a request only when you are asked yourself. A question to somebody else tells you just as well where the asker is.",
    },
    {
      name: "learns-what-is-for-us",
      also: ["learns-from-unicast-replies"],
      check: "lab-5.learns-from-broadcast-reply",
      says: "You seem to learn only from messages that are meant for you. Here everything that you hear counts, whoever the target is.",
    },
    {
      name: "ignores-announcements",
      check: "lab-5.learns-from-announcement",
      says: "You seem to ignore a message whose sender and target are the same. It is an announcement: a host says where it is, perhaps with a new card.",
    },
    {
      name: "learns-frame-source",
      check: "lab-5.learns-from-arp-fields",
      says: "You seem to learn the frame's source. What the message says counts, its senderMac: the two differ when a proxy passes it on.",
    },
    {
      name: "learns-from-ipv4",
      also: ["refreshes-by-ipv4"],
      check: "lab-5.ipv4-teaches-nothing",
      says: "You seem to learn from IPv4 packets. Their frame comes from the last router, and their source can be anybody: only ARP teaches.",
    },
    {
      name: "first-mac-wins",
      check: "lab-5.mac-changes",
      says: "You seem to keep the first MAC that you have learned. A card may be changed: what was said last is true.",
    },
    {
      name: "replies-send-the-queue",
      check: "lab-5.request-sends-the-queue",
      says: "You seem to send what waits after replies only. A request from that neighbour teaches as well, and its queue goes out.",
    },
    {
      name: "answers-or-sends",
      check: "lab-5.asks-and-answers",
      says: "You seem to do one thing with each message. A neighbour may ask for you while packets wait for it: it gets its reply, and the packets.",
    },
    {
      name: "late-answer-ignored",
      check: "lab-5.late-answer-teaches",
      says: "You seem to throw an answer away that comes too late. The packets are gone, and the lesson is still true: learn it.",
    },
  ],
  time: [
    {
      name: "mappings-live-5-s",
      check: "lab-5.mapping-lives-30-s",
      says: "You seem to have one time for both. A question is given up after 5 s; a mapping lives 30 s.",
    },
    {
      name: "mappings-in-seconds",
      check: "lab-5.mapping-lives-30-s",
      says: "You seem to forget a mapping far too early. Times are in milliseconds, in tick as well: it lives 30 000 of them.",
    },
    {
      name: "mapping-dies-early",
      check: "lab-5.mapping-lives-30-s",
      says: "You seem to forget a mapping a little too early. It lives while its age is below 30 000 ms, so at 29 999 ms it is still good.",
    },
    {
      name: "mapping-dies-late",
      check: "lab-5.mapping-expires",
      says: "You seem to use a mapping that is exactly 30 000 ms old. It lives while its age is below that, and is gone at >=.",
    },
    {
      name: "mappings-never-die",
      check: "lab-5.mapping-expires",
      says: "You seem never to forget a mapping. A neighbour may get another card or leave: after 30 s you ask again.",
    },
    {
      name: "looks-at-one-tick",
      check: "lab-5.expires-in-small-ticks",
      says: "You seem to compare the length of one tick with 30 s. Ticks may be small: add them up, and compare the sum.",
    },
    {
      name: "use-refreshes",
      check: "lab-5.use-does-not-refresh",
      says: "You seem to let a mapping live longer when it is used. Sending to a MAC does not prove that anybody is there: only a lesson starts the 30 s anew.",
    },
    {
      name: "lesson-does-not-refresh",
      check: "lab-5.learning-refreshes",
      says: "You seem to leave the time as it is when you hear the same again. That is a lesson, too: the 30 s count from the last one.",
    },
    {
      name: "key-stays-in-front",
      check: "lab-5.learning-refreshes",
      says: "You seem to stop at the first mapping that still lives. A Map leaves a key where it is when it is set again: delete it first, so that the oldest stays in front.",
    },
    {
      name: "lessons-prolong-all",
      check: "lab-5.mappings-expire-apart",
      says: "You seem to start the 30 s of all mappings again when one is learned. A lesson is about one neighbour alone.",
    },
    {
      name: "mappings-die-together",
      check: "lab-5.mappings-expire-apart",
      says: "You seem to clear the whole table when one mapping is over. Each mapping has its own 30 s.",
    },
    {
      name: "one-death-a-tick",
      check: "lab-5.long-tick",
      says: "You seem to remove one mapping a tick. A long tick may be the end of many: go on while the next one is over as well.",
    },
    {
      name: "queue-outlives-request",
      check: "lab-5.pending-dropped",
      says: "You seem to forget after 5 s that you have asked, and to keep the packets. A question and what waits for it end together.",
    },
    {
      name: "cleared-by-next-send",
      check: "lab-5.pending-dropped",
      says: "You seem to clear the queue at the next send. That may never come, and then a late answer sends stale packets: after 5 s they go by time alone, in tick.",
    },
    {
      name: "packets-wait-30-s",
      check: "lab-5.pending-dropped",
      says: "You seem to keep packets as long as a mapping. They wait 5 s, as long as the question: their sender has given up by then.",
    },
    {
      name: "questions-in-seconds",
      check: "lab-5.pending-kept-until-5-s",
      says: "You seem to give a question up far too early. Times are in milliseconds, in tick as well: it lives 5000 of them.",
    },
    {
      name: "questions-never-end",
      check: "lab-5.asks-again-at-5-s",
      says: "You seem never to give a question up. After 5 s tick ends it, and all that waits for it; else that neighbour is never asked for again.",
    },
    {
      name: "newest-packet-survives",
      check: "lab-5.pending-dropped-together",
      says: "You seem to drop the first packet alone when a question is given up. All that wait for it go together.",
    },
    {
      name: "packets-have-own-times",
      check: "lab-5.pending-dropped-together",
      says: "You seem to give each packet 5 s of its own. They count from the request, and whoever joined later goes with the rest.",
    },
    {
      name: "given-up-late",
      check: "lab-5.asks-again-at-5-s",
      says: "You seem to wait on at exactly 5000 ms. A question lives while its age is below that, and is given up at >=.",
    },
    {
      name: "one-time-for-all",
      check: "lab-5.neighbours-independent",
      says: "You seem to keep one time of the last request, for all neighbours. Each next hop has its own 5 s.",
    },
    {
      name: "each-packet-starts-again",
      check: "lab-5.sending-does-not-restart",
      says: "You seem to start the 5 s again with each packet that joins the queue. They count from the request; else one who sends often would never ask again.",
    },
    {
      name: "looks-at-one-tick-when-asking",
      check: "lab-5.interval-in-small-ticks",
      says: "You seem to compare the length of one tick with 5 s. Ticks may be small: add them up, and compare the sum.",
    },
    {
      name: "all-queues-dropped",
      check: "lab-5.drops-only-its-own",
      says: "You seem to clear every queue when one question is given up. The others still wait for their own answers.",
    },
    {
      name: "old-packets-come-back",
      check: "lab-5.fresh-queue",
      says: "You seem to keep what was given up and to send it with a later answer. Dropped is dropped: a new question begins with a fresh queue.",
    },
    {
      name: "tick-asks-again",
      check: "lab-5.tick-sends-nothing",
      says: "You seem to repeat an unanswered request by yourself. tick never transmits: the next send asks again.",
    },
    {
      name: "any-time",
      check: "lab-5.tick-misuse",
      says: "You seem to accept a time that is negative. Time does not run backwards: throw a RangeError.",
    },
    {
      name: "time-lets-nan-in",
      check: "lab-5.tick-misuse",
      says: "You seem to compare only, and each comparison with NaN is false. Once it is in a sum nothing ever ends: ask Number.isInteger.",
    },
    {
      name: "refuses-too-late",
      check: "lab-5.tick-misuse",
      says: "You seem to add the time before you refuse it. What is refused changes nothing: look first, then add.",
    },
  ],
  "wire-format": [
    {
      name: "asks-for-broadcast",
      check: "lab-5.request-frame",
      says: "You seem to write ff:ff:ff:ff:ff:ff into the request's targetMac. That is what you are asking for, and it is all zero; only the frame goes to everybody.",
    },
    {
      name: "asks-nobody",
      check: "lab-5.request-frame",
      says: "You seem to address the request's frame to 00:00:00:00:00:00. The zeros stand in the message; the frame goes to ff:ff:ff:ff:ff:ff.",
    },
    {
      name: "roles-not-swapped",
      check: "lab-5.answers-request",
      says: "You seem to leave sender and target as they were in the request. In the reply you are the sender: both lines swap roles.",
    },
    {
      name: "pads-arp",
      check: "lab-5.arp-padding",
      says: "You seem to fill your ARP frames up. The payload is exactly 28 bytes: padding is the card's business.",
    },
    {
      name: "no-padding-allowed",
      check: "lab-5.arp-padding",
      says: "You seem to refuse an ARP message with something behind it. Ethernet fills short frames up to 46 bytes of payload.",
    },
  ],
});
