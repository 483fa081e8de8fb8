import { inSections } from "./sections.ts";

export const lab2Misconceptions = inSections("lab-2", "docs/lab-2-user-pool.md", {
  "networks-and-prefixes": [
    {
      name: "lends-network-address",
      check: "lab-2.network-and-broadcast",
      says: "You seem to lend the network's first address. It names the network itself and belongs to no host.",
    },
    {
      name: "lends-broadcast",
      check: "lab-2.network-and-broadcast",
      says: "You seem to lend the network's last address. It is the broadcast address: what is sent to it goes to everyone.",
    },
    {
      name: "lends-every-address",
      check: "lab-2.network-and-broadcast",
      says: "You seem to lend every address of the network. The first one names the network and the last one is for broadcasts: neither is a host's.",
    },
    {
      name: "last-byte-special",
      check: "lab-2.large-network",
      says: "You probably believe that an address ending in 0 or 255 is special. Only the first and the last of the network are: in a /23 there are two in the middle that can be lent.",
    },
    {
      name: "signed-arithmetic",
      check: "lab-2.high-addresses",
      says: "Bitwise operators work on signed numbers, so addresses from 128.0.0.0 on become negative. Put >>> 0 behind them, or compute with % and +.",
    },
    {
      name: "list-of-all",
      check: "lab-2.huge-network",
      says: "You seem to write down every address when the pool is made. A /8 has sixteen million: it is enough to remember how far you have come.",
    },
  ],
  "the-address-pool": [
    {
      name: "lends-reserved",
      check: "lab-2.reserved-withheld",
      says: "You seem to lend reserved addresses. One of them is the server's own, and two hosts with one address can both not work.",
    },
    {
      name: "skips-one-reserved",
      check: "lab-2.reserved-withheld",
      says: "You seem to step over one reserved address. The next one may be reserved too: step on while it is, not if it is.",
    },
    {
      name: "descending",
      check: "lab-2.fresh-pool-ascends",
      says: "You seem to lend from the end. A fresh pool lends in ascending order; pop() takes from the end of a list.",
    },
    {
      name: "free-counts-wrong",
      check: "lab-2.free-counts",
      says: "You seem to count only what is lent out. What comes back can be lent again, so free() goes up, too.",
    },
    {
      name: "reserved-counted-twice",
      check: "lab-2.reserved-counted-once",
      says: "You seem to subtract the length of the reserved list. An address may stand in it twice, or be one that is never lent anyway: count different ones.",
    },
    {
      name: "garbage-when-empty",
      check: "lab-2.empty-pool",
      says: "You seem to invent an address when none is left. The answer is undefined, so that the caller can tell.",
    },
    {
      name: "throws-when-empty",
      check: "lab-2.empty-pool",
      says: "You seem to throw when no address is left. That is no mistake of the caller's but daily life: answer undefined.",
    },
    {
      name: "searches",
      also: ["lent-is-a-list"],
      check: "lab-2.pool-constant-time",
      says: "You seem to go through a list at each call. With 65 534 addresses that is slow just when many connect: a Set or a Map answers at once.",
    },
    {
      name: "pools-share-state",
      check: "lab-2.two-pools",
      says: "You seem to keep what is lent outside of createAddressPool, where all pools share it. Each pool needs its own.",
    },
  ],
  release: [
    {
      name: "never-lends-again",
      check: "lab-2.release-lends-again",
      says: "You seem to take addresses back without lending them again. Then the pool is empty one day, although nobody is connected.",
    },
    {
      name: "double-release",
      check: "lab-2.double-release",
      says: "You seem to take an address back without asking whether it is lent. Given back twice, it stands in the list twice, and two clients get it.",
    },
    {
      name: "release-of-unlent",
      check: "lab-2.release-never-lent",
      says: "You seem to take back an address that was never lent. It would be lent twice later: answer false, and change nothing.",
    },
    {
      name: "foreign-release-false",
      check: "lab-2.release-foreign",
      says: "You seem to answer false for an address that is not the pool's. That cannot happen in a correct program, so say it loudly: throw a RangeError.",
    },
    {
      name: "reserved-release",
      check: "lab-2.release-foreign",
      says: "You seem to look only whether an address is in the network. One that is reserved is never lent either: giving it back is a mistake to be thrown.",
    },
  ],
  "the-session-table": [
    {
      name: "one-sided",
      check: "lab-2.assign-both-sides",
      says: "You seem to note the session's address, but not the address's session. Packets from the internet know the address alone: keep both sides.",
    },
    {
      name: "assigns-at-open",
      check: "lab-2.open-takes-nothing",
      says: "You seem to take an address at open. Connecting is not asking: an address is lent at assign, and whoever never asks costs none.",
    },
    {
      name: "second-request-leaks",
      check: "lab-2.second-request",
      says: "You seem to take a new address at each assign. A client may ask twice: it gets the same address again, or the first one is lost.",
    },
    {
      name: "leaks-on-close",
      check: "lab-2.three-hundred-resets",
      says: "You seem not to give the address back when a session closes. After a few hundred resets the pool is empty, with nobody connected.",
    },
    {
      name: "stale-owner",
      check: "lab-2.close-gives-back",
      says: "You seem to forget the session at close, but not who held its address. ownerOf would send packets to somebody who is gone: clear both sides.",
    },
    {
      name: "close-takes-again",
      check: "lab-2.close-twice",
      says: "You seem to keep closed sessions. An end that is noticed twice would then take the address from whoever has it by now: leave no trace.",
    },
    {
      name: "releases-nothing",
      check: "lab-2.close-without-address",
      says: "You seem to release an address for every session. One that never asked has none: look first.",
    },
    {
      name: "gives-up-when-empty",
      check: "lab-2.empty-then-freed",
      says: "You seem to forget a session that found the pool empty. It stays open, and may ask again when somebody has left.",
    },
    {
      name: "zero-is-nobody",
      check: "lab-2.session-zero",
      says: "You seem to ask whether a session is truthy. Session 0 is a session like any other, and 0 is falsy: compare with undefined.",
    },
    {
      name: "throws-for-strangers",
      check: "lab-2.strangers",
      says: "You seem to throw for an address that nobody holds. Packets come with any destination: answer undefined.",
    },
    {
      name: "goes-through-sessions",
      check: "lab-2.table-constant-time",
      says: "You seem to go through all sessions to find one. ownerOf is asked for each packet: a second map, by address, answers at once.",
    },
    {
      name: "tables-share-state",
      check: "lab-2.shared-pool",
      says: "You seem to keep sessions or owners outside of createSessionTable. Two tables, even over one pool, know nothing of each other.",
    },
  ],
  misuse: [
    {
      name: "lenient-text",
      check: "lab-2.network-text",
      says: "You seem to read whatever parseInt reads. It stops at what it does not understand: look at the whole text, with its slash and without leading zeros.",
    },
    {
      name: "host-bits-masked",
      check: "lab-2.host-bits",
      says: "You seem to clear host bits in silence. With 13.8.0.1/24 the caller may have meant the address or the network: refuse it.",
    },
    {
      name: "assign-opens",
      check: "lab-2.assign-not-open",
      says: "You seem to open a session that asks without being open. Nobody will ever close it, so its address never comes back: throw a RangeError.",
    },
    {
      name: "open-begins-anew",
      check: "lab-2.open-twice",
      says: "You seem to begin anew when a session is opened twice. Its address would be lost: two connections with one id are a mistake to be thrown.",
    },
  ],
});
