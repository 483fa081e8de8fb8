import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { notImplemented } from "#kit/not-implemented.ts";

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
  // Your code here.
  return notImplemented("lab-2 address pool", "docs/lab-2-user-pool.md#the-address-pool");
};
