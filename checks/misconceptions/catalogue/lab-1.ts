import { inSections } from "./sections.ts";

export const lab1Misconceptions = inSections("lab-1", "docs/lab-1-codec.md", {
  "internet-checksum": [
    {
      name: "checksum-little-endian",
      check: "lab-1.checksum-example",
      says: "You seem to put the two bytes of a word together in the wrong order. The first byte is the high one: 45 00 is 0x4500.",
    },
    {
      name: "checksum-no-complement",
      check: "lab-1.checksum-example",
      says: "You seem to return the sum itself. The checksum is its complement, with every bit inverted; only so does the sum over a header with its checksum come out right.",
    },
    {
      name: "checksum-folds-once",
      check: "lab-1.checksum-carry",
      says: "You probably fold the carry back in once. Folding can make a new carry: repeat it until the sum fits into 16 bits.",
    },
    {
      name: "checksum-no-carry",
      check: "lab-1.checksum-generated",
      says: "You seem to cut the sum off at 16 bits. What is carried out at the top has to be added again at the bottom.",
    },
    {
      name: "checksum-drops-odd-byte",
      check: "lab-1.checksum-odd-length",
      says: "You seem to leave out the last byte of an odd length. It counts too, as if a zero byte stood behind it.",
    },
    {
      name: "checksum-odd-byte-low",
      check: "lab-1.checksum-odd-length",
      says: "You seem to add the odd last byte as the low half of a word. The missing zero byte stands behind it, so it is the high half.",
    },
    {
      name: "checksum-signed-complement",
      check: "lab-1.checksum-zeros",
      says: "~ inverts 32 bits and has a sign, so the complement of 0 is -1 with it. A checksum has 16 bits: subtract from 0xffff, or cut the result.",
    },
    {
      name: "checksum-32-bits",
      check: "lab-1.checksum-large",
      says: "Bitwise operators keep 32 bits with a sign, and the sum over a long buffer needs more. Add plain numbers, or fold on the way.",
    },
  ],
  messages: [
    {
      name: "length-without-header",
      check: "lab-1.encode-header-only",
      says: "You seem to write the size of the data into length. It counts the whole message, its five bytes of header included: a message 100 has length 5.",
    },
    {
      name: "length-big-endian",
      check: "lab-1.encode-packet",
      says: "You seem to write length in network byte order, as IP does. In 4over6 it is little-endian: 5 is 05 00 00 00.",
    },
    {
      name: "length-one-byte",
      check: "lab-1.encode-length-bytes",
      says: "You seem to write only the lowest byte of length. It has four, and from 256 bytes on a message needs the second.",
    },
    {
      name: "whole-structure",
      check: "lab-1.encode-header-only",
      says: "You seem to send a structure of one size, whatever is in it. A message ends with its data: one without data has five bytes.",
    },
    {
      name: "aligned-structure",
      check: "lab-1.encode-packet",
      says: "You seem to leave a gap between type and data, as a compiler of C does in a structure. On the wire the data begins at offset 5.",
    },
    {
      name: "messages-share-an-array",
      check: "lab-1.encode-header-only",
      says: "You seem to write each message into the same array. The one before may still be waiting to be sent: make a new array at each call.",
    },
    {
      name: "text-with-nul",
      check: "lab-1.encode-text",
      says: "You seem to end a text with a NUL, as C does. On the wire there is none: length says where the text ends.",
    },
  ],
  "the-message-decoder": [
    {
      name: "decoder-length-big-endian",
      check: "lab-1.decode-each-type",
      says: "You seem to read length in network byte order. It is little-endian: 05 00 00 00 is 5, and not 83 886 080.",
    },
    {
      name: "decoder-length-without-header",
      check: "lab-1.decode-each-type",
      says: "You seem to take length for the size of the data. It counts the five bytes of header as well: the data has length - 5 bytes.",
    },
    {
      name: "one-recv-one-message",
      check: "lab-1.decode-glued",
      says: "You probably believe that one chunk is one message. TCP is a stream: a chunk may hold several messages, so go on until what is left is not a whole one.",
    },
    {
      name: "forgets-the-tail",
      check: "lab-1.decode-split",
      says: "You seem to forget what a chunk ends with. A message may be cut anywhere: keep what is left, and put the next chunk behind it.",
    },
    {
      name: "header-in-one-piece",
      check: "lab-1.decode-bytewise",
      says: "You seem to expect a header in one piece. Even its five bytes may come one by one.",
    },
    {
      name: "one-message-late",
      check: "lab-1.decode-at-once",
      says: "You seem to give a message out only when something follows it. It is whole with its last byte: compare with >=, not with >.",
    },
    {
      name: "keeps-views",
      check: "lab-1.decode-keeps-copies",
      says: "You seem to keep a view of the chunk until the rest comes. A chunk is only lent, and is overwritten afterwards: copy what you keep.",
    },
    {
      name: "buffer-used-again",
      check: "lab-1.decode-results-stay",
      says: "You seem to give out views of a buffer into which you write again. What was given out must stay as it is.",
    },
    {
      name: "decoders-share-a-buffer",
      check: "lab-1.decode-two-decoders",
      says: "You seem to keep the cut message outside of createMessageDecoder, where all decoders share it. Each connection needs its own.",
    },
    {
      name: "unknown-type-is-an-error",
      check: "lab-1.decode-unknown-type",
      says: "You seem to take an unknown type for a broken stream. Its length tells how much to skip: report it as ignored, and go on behind it.",
    },
    {
      name: "unknown-data-not-skipped",
      check: "lab-1.decode-unknown-type",
      says: "You seem to skip only the header of an unknown message. Its data has to go too, or it is taken for the next header.",
    },
    {
      name: "unknown-told-early",
      check: "lab-1.decode-unknown-type-split",
      says: "You seem to report an unknown message as soon as its type is known. Like any other it counts with its last byte, and what has not come yet has to be skipped as well.",
    },
    {
      name: "heartbeat-with-data-refused",
      check: "lab-1.decode-data-in-heartbeat",
      says: "You seem to refuse a heartbeat that has data. Some programs send their whole structure: accept it, and throw the data away.",
    },
    {
      name: "short-length-refused",
      check: "lab-1.decode-short-length-tolerated",
      says: "You seem to refuse a 100 or 104 whose length is below 5. Several clients send that, and it does no harm: take it for a header alone.",
    },
    {
      name: "short-length-accepted",
      check: "lab-1.decode-length-too-short",
      says: "You seem to be patient with every length below 5. That is right for 100 and 104; in any other type nobody knows where the next message begins.",
    },
    {
      name: "length-zero-loops",
      check: "lab-1.decode-length-too-short",
      says: "You seem to go on by length bytes, whatever it is. With a length of 0 that is no step at all, and the loop never ends: look first whether the length is possible.",
    },
    {
      name: "no-upper-limit",
      check: "lab-1.decode-length-too-long",
      says: "You seem not to compare length with the limit. A stranger may announce two gigabytes, and you would wait and collect: refuse what is above maxLength.",
    },
    {
      name: "length-judged-when-whole",
      check: "lab-1.decode-length-too-long",
      says: "You seem to look at length only when all the announced bytes are there. They may never come: judge it as soon as the header is there.",
    },
    {
      name: "length-signed",
      check: "lab-1.decode-length-unsigned",
      says: "You seem to compare length as a signed number. << and | make a negative one of 00 00 00 80, which is below every limit: >>> 0 makes it unsigned.",
    },
    {
      name: "limit-plus-one",
      check: "lab-1.decode-length-too-long",
      says: "You seem to compare length with a limit that is one off. A message of exactly maxLength bytes is the longest that is allowed.",
    },
    {
      name: "error-swallows",
      check: "lab-1.decode-before-error",
      says: "You seem to throw away what came before a framing error. Messages in front of it are whole and still count.",
    },
    {
      name: "goes-on-after-error",
      check: "lab-1.decode-dead-after-error",
      says: "You seem to go on after a framing error. Nobody can tell where the next message begins: from then on the decoder answers nothing.",
    },
    {
      name: "events-share-a-list",
      check: "lab-1.decode-each-type",
      says: "You seem to return the same list of events from each call. What you return belongs to the caller: begin a new list each time.",
    },
    {
      name: "limit-unchecked",
      check: "lab-1.decode-limit-misuse",
      says: "You seem to accept any maxLength. With NaN every comparison is false, so there would be no limit at all: refuse what is not a whole number of at least 5.",
    },
  ],
  "address-grant": [
    {
      name: "grant-single-spaces",
      check: "lab-1.grant-tolerant",
      says: "You seem to split at single spaces. Programs put several spaces, tabs or a newline between and behind the words: a run of white space separates once.",
    },
    {
      name: "grant-nul-kept",
      check: "lab-1.grant-tolerant",
      says: "You seem to read on behind a NUL. Many servers are written in C, where it ends the text: what stands behind it does not count.",
    },
    {
      name: "grant-dns-order",
      check: "lab-1.grant-exact",
      says: "You seem to change the order of the DNS servers. The first one is asked first: write them as they are given.",
    },
    {
      name: "grant-fills-up",
      check: "lab-1.grant-too-few",
      says: "You seem to fill a grant up when a word is missing. A grant has five words: with fewer it is truncated, and you would configure what nobody said.",
    },
    {
      name: "grant-counts-first",
      check: "lab-1.grant-too-many",
      says: "You seem to count the words before you look at them. When there are six, and one of the first five is no address, that is the first fault.",
    },
    {
      name: "grant-six-words",
      check: "lab-1.grant-too-many",
      says: "You seem to read the first five words and ignore the rest. More than five is another text than you think: refuse it.",
    },
    {
      name: "grant-throws",
      check: "lab-1.grant-noise",
      says: "You seem to throw at bytes that are no text. They came from the network, so it is nobody's bug: return the refusal.",
    },
  ],
  "ipv4-packet": [
    {
      name: "payload-at-20",
      also: ["options-lost"],
      check: "lab-1.ipv4-parse",
      says: "You seem to take every header for 20 bytes. The header length says how long it is, and what it has beyond 20 are options.",
    },
    {
      name: "reads-the-whole-buffer",
      check: "lab-1.ipv4-parse",
      says: "You seem to read bytes.buffer from its start. A Uint8Array is often a window into a larger buffer: give DataView its byteOffset and byteLength.",
    },
    {
      name: "fragment-units",
      check: "lab-1.ipv4-parse",
      says: "You seem to take the fragment offset for bytes. On the wire it counts units of 8 bytes.",
    },
    {
      name: "flags-swapped",
      check: "lab-1.ipv4-generated",
      says: "You seem to have the two flags the wrong way round. From the top: reserved, don't fragment (0x4000), more fragments (0x2000).",
    },
    {
      name: "checksum-swapped",
      check: "lab-1.ipv4-serialize",
      says: "You seem to write a field in the computer's own byte order. In IP the high byte comes first; Uint16Array does it the other way round on most computers.",
    },
    {
      name: "total-length-not-compared",
      check: "lab-1.ipv4-truncated",
      says: "You seem to believe the total length. A packet may be cut: compare it with the bytes that are there.",
    },
    {
      name: "options-unchecked",
      check: "lab-1.ipv4-noise",
      says: "You seem to read options that are not there. A header may announce more words than there are bytes: compare first.",
    },
    {
      name: "version-unchecked",
      also: ["ipv6-accepted"],
      check: "lab-1.ipv4-version",
      says: "You seem to read any bytes as IPv4. The first half byte is the version: look at it before anything else.",
    },
    {
      name: "short-header",
      check: "lab-1.ipv4-header-length",
      says: "You seem to accept a header of less than five words. Without options it has 20 bytes, and never fewer.",
    },
    {
      name: "checksum-unchecked",
      check: "lab-1.ipv4-checksum",
      says: "You seem not to verify the header's checksum. Over a header that holds the right one, the checksum is 0.",
    },
    {
      name: "flag-before-checksum",
      check: "lab-1.ipv4-first-fault",
      says: "You seem to look at the flags before the checksum. When it is wrong no field can be believed, so it is asked first.",
    },
    {
      name: "checksum-over-everything",
      check: "lab-1.ipv4-checksum-of-header-only",
      says: "You seem to compute the checksum over the payload too. In IPv4 it covers the header alone.",
    },
    {
      name: "padding-in-payload",
      check: "lab-1.ipv4-padding",
      says: "You seem to take all that is left for payload. Ethernet fills short frames up: the packet ends where its total length says.",
    },
    {
      name: "reserved-flag-accepted",
      check: "lab-1.ipv4-reserved-flag",
      says: "You seem to ignore the reserved flag. It must be zero, and a value without a place for it could not be written back as it was.",
    },
    {
      name: "packets-share-an-array",
      check: "lab-1.ipv4-serialize",
      says: "You seem to write each packet into the same array. The caller may still hold the one before: make a new array at each call.",
    },
    {
      name: "numbers-cut",
      check: "lab-1.ipv4-misuse",
      says: "You seem to write a number into its field without looking. A time to live of 256 becomes 0 in silence: throw a RangeError for what does not fit.",
    },
  ],
  "ethernet-frame": [
    {
      name: "ethernet-source-first",
      check: "lab-1.ethernet-parse",
      says: "You seem to take the first address of a frame for the source. The destination comes first: a switch wants to know it as early as it can.",
    },
    {
      name: "ethernet-type-swapped",
      check: "lab-1.ethernet-serialize",
      says: "You seem to write the EtherType low byte first. Only 4over6's length is little-endian; Ethernet, ARP and IP put the high byte first.",
    },
    {
      name: "ethernet-strips-padding",
      check: "lab-1.ethernet-padding",
      says: "You seem to strip zeros from the end. A frame does not know where its payload ends, and zeros may be data: leave that to whoever reads the payload.",
    },
    {
      name: "ethernet-pads",
      check: "lab-1.ethernet-generated",
      says: "You seem to fill short frames up to 60 bytes. That is the card's business: write what you are given.",
    },
    {
      name: "ethernet-length-accepted",
      check: "lab-1.ethernet-length-field",
      says: "You seem to take each value behind the addresses for a type. Below 0x0600 it is a length, of an older kind of frame.",
    },
    {
      name: "ethernet-throws",
      check: "lab-1.ethernet-noise",
      says: "You seem to throw at a frame that is too short. Bytes from the network are never the caller's mistake: return a refusal.",
    },
  ],
  "arp-message": [
    {
      name: "arp-target-first",
      check: "lab-1.arp-parse",
      says: "You seem to read the target's address where the sender's is due. The order is sender MAC, sender IP, target MAC, target IP.",
    },
    {
      name: "arp-operation-host-order",
      check: "lab-1.arp-serialize",
      says: "You seem to write the operation low byte first. ARP is in network byte order: a request is 00 01.",
    },
    {
      name: "arp-swaps-targets",
      check: "lab-1.arp-generated",
      says: "You seem to write the target's IP in front of its MAC. With sender and with target, the MAC comes first.",
    },
    {
      name: "arp-exact-length",
      check: "lab-1.arp-padding",
      says: "You seem to ask for exactly 28 bytes. Ethernet fills a frame up to 46, so there may be padding behind the message.",
    },
    {
      name: "arp-any-operation",
      check: "lab-1.arp-unsupported",
      says: "You seem to take every operation but 1 for a reply. There are others (RARP uses 3 and 4): refuse what you do not know.",
    },
    {
      name: "arp-low-byte-only",
      check: "lab-1.arp-noise",
      says: "You seem to look at one byte of a field that has two. 01 01 is not hardware type 1.",
    },
  ],
});
