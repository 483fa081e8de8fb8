import type { Variant } from "./variant.ts";

const pool = { lab: "lab-2", file: "address-pool.ts" } as const;
const table = { lab: "lab-2", file: "session-table.ts" } as const;

/** Lab 2's reference with one bug each. Every check of the lab finds at least one of them. */
export const lab2Variants: readonly Variant[] = [
  {
    ...pool,
    name: "descending",
    says: "lends the highest address first",
    check: "lab-2.fresh-pool-ascends",
    edits: [
      { find: "let untouched = network.first;", replace: "let untouched = network.last;" },
      { find: "while (withheld.has(untouched)) untouched++;", replace: "while (withheld.has(untouched)) untouched--;" },
      {
        find: "return untouched > network.last ? undefined : untouched++;",
        replace: "return untouched < network.first ? undefined : untouched--;",
      },
    ],
  },
  {
    ...pool,
    name: "lends-network-address",
    says: "lends the network address",
    check: "lab-2.network-and-broadcast",
    edits: [{ find: "new Set([network.first, network.last])", replace: "new Set([network.last])" }],
  },
  {
    ...pool,
    name: "lends-broadcast",
    says: "lends the broadcast address",
    check: "lab-2.network-and-broadcast",
    edits: [{ find: "new Set([network.first, network.last])", replace: "new Set([network.first])" }],
  },
  {
    ...pool,
    name: "lends-every-address",
    says: "lends the network and the broadcast address",
    check: "lab-2.network-and-broadcast",
    edits: [{ find: "new Set([network.first, network.last])", replace: "new Set<number>()" }],
  },
  {
    ...pool,
    name: "lends-reserved",
    says: "lends the server's own address",
    check: "lab-2.reserved-withheld",
    edits: [{ find: "withheld.add(number);", replace: "" }],
  },
  {
    ...pool,
    name: "skips-one-reserved",
    says: "skips one reserved address, but not two in a row",
    check: "lab-2.reserved-withheld",
    edits: [
      {
        find: "while (withheld.has(untouched)) untouched++;",
        replace: `if (untouched === network.first) untouched++;
    if (withheld.has(untouched)) untouched++;`,
      },
    ],
  },
  {
    ...pool,
    name: "free-counts-wrong",
    says: "free() never goes up again",
    check: "lab-2.free-counts",
    edits: [
      { find: "free: () => size - lent.size,", replace: "free: () => size - used," },
      {
        find: "const lent = new Set<number>();",
        replace: `const lent = new Set<number>();
  let used = 0;`,
      },
      {
        find: "lent.add(number);",
        replace: `lent.add(number);
      used++;`,
      },
    ],
  },
  {
    ...pool,
    name: "reserved-counted-twice",
    says: "subtracts every reserved address, also one named twice",
    check: "lab-2.reserved-counted-once",
    edits: [{ find: "network.last - network.first + 1 - withheld.size", replace: "network.last - network.first - 1 - reserved.length" }],
  },
  {
    ...pool,
    name: "garbage-when-empty",
    says: "lends 1.0.0.0 when the pool is empty",
    check: "lab-2.empty-pool",
    edits: [{ find: "if (number === undefined) return undefined;", replace: 'if (number === undefined) return ipv4("1.0.0.0");' }],
  },
  {
    ...pool,
    name: "throws-when-empty",
    says: "throws when the pool is empty",
    check: "lab-2.empty-pool",
    edits: [{ find: "if (number === undefined) return undefined;", replace: 'if (number === undefined) throw new RangeError("empty");' }],
  },
  {
    ...pool,
    name: "last-byte-special",
    says: "never lends an address that ends in 0 or 255",
    check: "lab-2.large-network",
    edits: [
      {
        find: "while (withheld.has(untouched)) untouched++;",
        replace: "while (withheld.has(untouched) || untouched % 256 === 0 || untouched % 256 === 255) untouched++;",
      },
    ],
  },
  {
    ...pool,
    name: "signed-arithmetic",
    says: "masks with signed 32-bit numbers",
    check: "lab-2.high-addresses",
    edits: [{ find: "const first = ipv4ToNumber(parts[1]);", replace: "const first = ipv4ToNumber(parts[1]) & -size;" }],
  },
  {
    ...pool,
    name: "list-of-all",
    says: "writes down every address when the pool is made",
    check: "lab-2.huge-network",
    stopped: true,
    edits: [
      {
        find: "const lent = new Set<number>();",
        replace: `const lent = new Set<number>();
  const all: string[] = [];
  for (let number = network.first; number <= network.last; number++) all.push(ipv4FromNumber(number));`,
      },
    ],
  },
  {
    ...pool,
    name: "never-lends-again",
    says: "takes addresses back, but lends none of them again",
    check: "lab-2.release-lends-again",
    edits: [
      { find: "nextUntouched() ?? (reusedCount < returnedCount ? returned[reusedCount++ % size] : undefined)", replace: "nextUntouched()" },
    ],
  },
  {
    ...pool,
    name: "double-release",
    says: "takes an address back twice, and lends it to two",
    check: "lab-2.double-release",
    edits: [{ find: "if (!lent.delete(number)) return false;", replace: "if (!lent.delete(number) && number >= untouched) return false;" }],
  },
  {
    ...pool,
    name: "release-of-unlent",
    says: "takes back what it never lent",
    check: "lab-2.release-never-lent",
    edits: [{ find: "if (!lent.delete(number)) return false;", replace: "if (!lent.delete(number) && number < untouched) return false;" }],
  },
  {
    ...pool,
    name: "foreign-release-false",
    says: "answers false for an address that is not the pool's",
    check: "lab-2.release-foreign",
    edits: [
      {
        find: "if (!contains(network, number)) throw new RangeError(`${address} cannot be released: it is not in ${cidr}.`);",
        replace: "",
      },
      {
        find: "if (withheld.has(number)) throw new RangeError(`${address} cannot be released: the pool of ${cidr} never lends it.`);",
        replace: "",
      },
    ],
  },
  {
    ...pool,
    name: "reserved-release",
    says: "does not notice that the server's own address is given back",
    check: "lab-2.release-foreign",
    edits: [
      {
        find: "if (withheld.has(number)) throw new RangeError(`${address} cannot be released: the pool of ${cidr} never lends it.`);",
        replace: "",
      },
    ],
  },
  {
    ...pool,
    name: "pools-share-state",
    says: "keeps the lent addresses outside the pool",
    check: "lab-2.two-pools",
    edits: [
      { find: "const lent = new Set<number>();", replace: "" },
      {
        find: `/**
 * The addresses of one network`,
        replace: `const lent = new Set<number>();

/**
 * The addresses of one network`,
      },
    ],
  },
  {
    ...pool,
    name: "lenient-text",
    says: "reads whatever parseInt reads",
    check: "lab-2.network-text",
    edits: [
      { find: "/^([\\d.]+)\\/(0|[1-9]\\d?)$/.exec(cidr);", replace: '[cidr, ...cidr.split("/").map((part) => part.trim())];' },
      { find: "Number(parts[2])", replace: "Number.parseInt(parts[2], 10)" },
    ],
  },
  {
    ...pool,
    name: "host-bits-masked",
    says: "silently clears host bits",
    check: "lab-2.host-bits",
    edits: [
      { find: "const first = ipv4ToNumber(parts[1]);", replace: "const first = ipv4ToNumber(parts[1]) - (ipv4ToNumber(parts[1]) % size);" },
    ],
  },
  {
    ...pool,
    name: "accepts-31",
    says: "accepts a /31",
    check: "lab-2.prefix-range",
    edits: [{ find: "prefixLength > 30", replace: "prefixLength > 32" }],
  },
  {
    ...pool,
    name: "reserved-anywhere",
    says: "accepts a reserved address of another network",
    check: "lab-2.reserved-outside",
    edits: [
      {
        find: "if (!contains(network, number)) throw new RangeError(`${address} cannot be reserved: it is not in ${cidr}.`);",
        replace: "if (!contains(network, number)) continue;",
      },
    ],
  },
  {
    ...pool,
    name: "searches",
    says: "searches for a free address from the start",
    check: "lab-2.pool-constant-time",
    stopped: true,
    edits: [
      { find: "nextUntouched() ?? (reusedCount < returnedCount ? returned[reusedCount++ % size] : undefined)", replace: "search()" },
      {
        find: `return {
    allocate`,
        replace: `function search(): number | undefined {
    for (let number = network.first; number <= network.last; number++) {
      if (!lent.has(number) && !withheld.has(number)) return number;
    }
    return undefined;
  }

  return {
    allocate`,
      },
    ],
  },
  {
    ...pool,
    name: "lent-is-a-list",
    says: "keeps the lent addresses in an array and searches it at each release",
    check: "lab-2.pool-constant-time",
    stopped: true,
    edits: [
      {
        find: "const lent = new Set<number>();",
        replace: `const list: number[] = [];
  const lent = {
    get size() {
      return list.length;
    },
    add: (number: number) => list.push(number),
    delete: (number: number) => {
      const at = list.findIndex((each) => each === number);
      if (at >= 0) list.splice(at, 1);
      return at >= 0;
    },
  };`,
      },
    ],
  },
  {
    ...pool,
    name: "two-places",
    says: "puts the newest address back into two places, and lends it to two",
    check: "lab-2.pool-model",
    edits: [
      {
        find: "returned[returnedCount++ % size] = number;",
        replace: `returned[returnedCount++ % size] = number;
      if (number === untouched - 1) untouched--;`,
      },
    ],
  },
  {
    ...table,
    name: "one-sided",
    says: "knows the session's address, but not the address's session",
    check: "lab-2.assign-both-sides",
    edits: [{ find: "owners.set(address, id);", replace: "" }],
  },
  {
    ...table,
    name: "assigns-at-open",
    says: "takes an address as soon as somebody connects",
    check: "lab-2.open-takes-nothing",
    edits: [
      {
        find: "addresses.set(id, undefined);",
        replace: `const address = pool.allocate();
      addresses.set(id, address);
      if (address !== undefined) owners.set(address, id);`,
      },
    ],
  },
  {
    ...table,
    name: "second-request-leaks",
    says: "takes a second address for a second message 100 and forgets the first",
    check: "lab-2.second-request",
    edits: [{ find: "if (held !== undefined) return held;", replace: "void held;" }],
  },
  {
    ...table,
    name: "leaks-on-close",
    says: "never gives an address back",
    check: "lab-2.three-hundred-resets",
    edits: [{ find: "pool.release(address);", replace: "" }],
  },
  {
    ...table,
    name: "stale-owner",
    says: "forgets the session, but not who held its address",
    check: "lab-2.close-gives-back",
    edits: [{ find: "owners.delete(address);", replace: "" }],
  },
  {
    ...table,
    name: "close-takes-again",
    says: "keeps closed sessions, and releases their address at each close",
    check: "lab-2.close-twice",
    edits: [{ find: "addresses.delete(id);", replace: "" }],
  },
  {
    ...table,
    name: "releases-nothing",
    says: "releases undefined for a session without address",
    check: "lab-2.close-without-address",
    edits: [
      {
        find: `if (address === undefined) return;
      owners.delete(address);
      pool.release(address);`,
        replace: `owners.delete(address as Ipv4Address);
      pool.release(address as Ipv4Address);`,
      },
    ],
  },
  {
    ...table,
    name: "gives-up-when-empty",
    says: "forgets a session that found the pool empty",
    check: "lab-2.empty-then-freed",
    edits: [
      {
        find: "if (address === undefined) return undefined;",
        replace: `if (address === undefined) {
        addresses.delete(id);
        return undefined;
      }`,
      },
    ],
  },
  {
    ...table,
    name: "zero-is-nobody",
    says: "takes session 0 for no session",
    check: "lab-2.session-zero",
    edits: [{ find: "ownerOf: (address) => owners.get(address),", replace: "ownerOf: (address) => owners.get(address) || undefined," }],
  },
  {
    ...table,
    name: "throws-for-strangers",
    says: "throws for an address that nobody holds",
    check: "lab-2.strangers",
    edits: [
      {
        find: "ownerOf: (address) => owners.get(address),",
        replace: `ownerOf: (address) => {
      if (!owners.has(address)) throw new RangeError("unknown");
      return owners.get(address);
    },`,
      },
    ],
  },
  {
    ...table,
    name: "assign-opens",
    says: "opens a session that asks without being open",
    check: "lab-2.assign-not-open",
    edits: [
      {
        find: "if (!addresses.has(id)) throw new RangeError(`Session ${id} is not open, so it cannot be assigned an address.`);",
        replace: "",
      },
    ],
  },
  {
    ...table,
    name: "open-begins-anew",
    says: "begins anew when a session is opened twice, and loses its address",
    check: "lab-2.open-twice",
    edits: [{ find: "if (addresses.has(id)) throw new RangeError(`Session ${id} is open already.`);", replace: "" }],
  },
  {
    ...table,
    name: "tables-share-state",
    says: "keeps the owners outside the table",
    check: "lab-2.shared-pool",
    edits: [
      { find: "const owners = new Map<Ipv4Address, SessionId>();", replace: "" },
      {
        find: `/**
 * Who holds which address.`,
        replace: `const owners = new Map<Ipv4Address, SessionId>();

/**
 * Who holds which address.`,
      },
    ],
  },
  {
    ...table,
    name: "passes-on",
    says: "passes the address of a closed session on to whoever has waited longest",
    check: "lab-2.table-model",
    edits: [
      {
        find: "const owners = new Map<Ipv4Address, SessionId>();",
        replace: `const owners = new Map<Ipv4Address, SessionId>();
  const waiting: SessionId[] = [];`,
      },
      {
        find: "if (address === undefined) return undefined;",
        replace: `if (address === undefined) {
        waiting.push(id);
        return undefined;
      }`,
      },
      {
        find: "pool.release(address);",
        replace: `const next = waiting.shift();
      if (next === undefined || !addresses.has(next)) return void pool.release(address);
      addresses.set(next, address);
      owners.set(address, next);`,
      },
    ],
  },
  {
    ...table,
    name: "goes-through-sessions",
    says: "goes through all sessions to find an address's owner",
    check: "lab-2.table-constant-time",
    stopped: true,
    edits: [
      {
        find: "ownerOf: (address) => owners.get(address),",
        replace: "ownerOf: (address) => [...addresses].find(([, held]) => held === address)?.[0],",
      },
    ],
  },
];
