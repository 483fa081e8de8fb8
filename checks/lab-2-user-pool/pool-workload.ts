import type { AddressPool, Lab2 } from "#contract/lab-2-user-pool.ts";
import type { Ipv4Address } from "#contract/vocabulary.ts";

/** Lab 2 as its checks reach it: with one function of the kit that runs where the lab runs. */
export type Lab2UnderCheck = Lab2 & { readonly lendAndReturn: typeof lendAndReturn };

/**
 * Borrows `held` addresses; then, so many `rounds`, gives one of them back, gives it back three times more, and borrows another. One by
 * one the calls would cost more on the way from the check to the lab than in it.
 *
 * What comes back is among the newest, since a search from the front finds those last. It is not the very newest each time: a large `Set`
 * slows down when one key is deleted and added over and over, and that is the JavaScript engine's fault, not the lab's.
 *
 * @returns how many rounds went well: the address was taken back, once, and one was lent
 */
export function lendAndReturn(pool: AddressPool, { held, rounds }: { readonly held: number; readonly rounds: number }): number {
  const borrowed = Array.from({ length: held }, () => pool.allocate());
  let well = 0;
  for (let round = 0; round < rounds; round++) {
    const borrower = held - 1 - (round % 4096);
    const address = borrowed[borrower] as Ipv4Address;
    const taken = pool.release(address);
    const takenAgain = pool.release(address) || pool.release(address) || pool.release(address);
    borrowed[borrower] = pool.allocate();
    if (taken && !takenAgain && borrowed[borrower] !== undefined) well++;
  }
  return well;
}
