import type { Lab2 } from "#contract/lab-2-user-pool.ts";
// BEGIN SOLUTION silent
import { ipv4, ipv4FromNumber, ipv4ToNumber, isIpv4 } from "#kit/addresses.ts";
// END SOLUTION
// STUB: import { notImplemented } from "#kit/not-implemented.ts";

/**
 * The addresses of one network, each lent to one borrower at a time (RFC 4632 says what `13.8.0.0/24` means).
 *
 *     const pool = createAddressPool({ cidr: "13.8.0.0/29", reserved: [ipv4("13.8.0.1")] });
 *     pool.free();                        // 5: eight addresses without .0, .7 and the reserved .1
 *     pool.allocate();                    // "13.8.0.2", and the next call gives "13.8.0.3"
 *     pool.release(ipv4("13.8.0.2"));     // true; once more: false
 *     pool.release(ipv4("13.8.0.1"));     // throws a RangeError: never the pool's to lend
 *
 * Your task: return an object with `allocate`, `release` and `free`. What they share are variables of this function.
 * Each call takes the same time in a network of six addresses and of sixteen million (O(1)), so nothing may be searched or
 * shifted, and an address that nobody has asked for yet need not be stored anywhere.
 *
 * Traps: JavaScript's `<<`, `&` and `~` give negative numbers from 128.0.0.0 upwards. Inside a large network, 10.0.0.255 and 10.0.1.0
 * are hosts like any other. An address may be reserved twice, or be the network's first one.
 *
 * Handout: docs/lab-2-user-pool.md#the-address-pool
 */
export const createAddressPool: Lab2["createAddressPool"] = ({ cidr, reserved }) => {
  // BEGIN SOLUTION
  const network = parseNetwork(cidr);
  // Numbers instead of text: the next address is one addition away. A set, so that what is reserved twice is missing once.
  const withheld = new Set([network.first, network.last]);
  for (const address of reserved) {
    const number = ipv4ToNumber(ipv4(address));
    if (!contains(network, number)) throw new RangeError(`${address} cannot be reserved: it is not in ${cidr}.`);
    withheld.add(number);
  }
  const size = network.last - network.first + 1 - withheld.size;

  const lent = new Set<number>();
  // Everything from here to the end has never been lent. One number stands for all of it, however large the network is.
  let untouched = network.first;
  // What came back, as a ring of at most `size` places: an array's shift() would move every element. It grows with use.
  const returned: number[] = [];
  let returnedCount = 0;
  let reusedCount = 0;

  function nextUntouched(): number | undefined {
    while (withheld.has(untouched)) untouched++;
    return untouched > network.last ? undefined : untouched++;
  }

  return {
    allocate() {
      // The address that has rested longest goes first: packets for its last holder may still be on their way.
      const number = nextUntouched() ?? (reusedCount < returnedCount ? returned[reusedCount++ % size] : undefined);
      if (number === undefined) return undefined;
      lent.add(number);
      return ipv4FromNumber(number);
    },
    release(address) {
      const number = ipv4ToNumber(ipv4(address));
      if (!contains(network, number)) throw new RangeError(`${address} cannot be released: it is not in ${cidr}.`);
      if (withheld.has(number)) throw new RangeError(`${address} cannot be released: the pool of ${cidr} never lends it.`);
      if (!lent.delete(number)) return false;
      returned[returnedCount++ % size] = number;
      return true;
    },
    free: () => size - lent.size,
  };
  // END SOLUTION
  // STUB: return notImplemented("lab-2 address pool", "docs/lab-2-user-pool.md#the-address-pool");
};
// BEGIN SOLUTION silent

/** A network by its two ends, as numbers: the network address and the broadcast address. */
type Network = { readonly first: number; readonly last: number };

/** `"13.8.0.0/24"` as a network. Throws a `RangeError` that says what is wrong with the text. */
function parseNetwork(cidr: string): Network {
  const parts = /^([\d.]+)\/(0|[1-9]\d?)$/.exec(cidr);
  if (parts === null || !isIpv4(parts[1]!)) throw new RangeError(`"${cidr}" is not a network such as 13.8.0.0/24.`);
  const prefixLength = Number(parts[2]);
  if (prefixLength < 8 || prefixLength > 30) throw new RangeError(`${cidr} cannot be a pool: its prefix length must be 8 to 30.`);
  // Powers of two and remainders, since JavaScript's bitwise operators work on signed numbers.
  const size = 2 ** (32 - prefixLength);
  const first = ipv4ToNumber(parts[1]);
  const hostBits = first % size;
  if (hostBits !== 0)
    throw new RangeError(`${cidr} has host bits set; the network is ${ipv4FromNumber(first - hostBits)}/${prefixLength}.`);
  return { first, last: first + size - 1 };
}

function contains(network: Network, number: number): boolean {
  return number >= network.first && number <= network.last;
}
// END SOLUTION
