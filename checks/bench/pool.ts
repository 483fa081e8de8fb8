import type { AddressPool } from "#contract/lab-2-user-pool.ts";
import type { Ipv4Address } from "#contract/vocabulary.ts";
import { createAddressPool } from "#lab-2/address-pool.ts";
import { measure, type Row } from "./measure.ts";

/** Pairs of a release and an allocate in one measured run. */
const pairs = 2_000;

/** Networks of 2^8 and of 2^16 addresses. */
const networks = ["13.8.0.0/24", "10.9.0.0/16"] as const;

/** A search among the lent addresses shows when many are lent, one among the free ones when few are. */
const fillings: Readonly<Record<string, (hosts: number) => number>> = {
  "one address lent": () => 1,
  "half of them lent": (hosts) => hosts / 2,
  "all of them lent": (hosts) => hosts,
};

/** What lending and returning cost in a small and in a large network. `--from labs` measures the student's. */
export async function run(): Promise<number> {
  console.log(`\nrelease() and allocate(), ${pairs} times in a row\n`);
  console.log(line(["", ...networks.map((cidr) => `ns in a ${cidr.slice(cidr.indexOf("/"))}`), "ratio"]));
  for (const [name, lentOf] of Object.entries(fillings)) {
    const rows = await measure(
      Object.fromEntries(networks.map((cidr) => [cidr, comeAndGo(createAddressPool({ cidr, reserved: [] }), lentOf)])),
      { bytes: 0, items: pairs },
    );
    console.log(line([name, ...rows.map(nanoseconds), `${rows.at(-1)?.ratio.toFixed(2)} x`]));
  }
  return 0;
}

/** Lends some of the pool's addresses, and makes the task: borrowers come and go, another one each time. */
function comeAndGo(pool: AddressPool, lentOf: (hosts: number) => number): () => void {
  const borrowed = Array.from({ length: lentOf(pool.free()) }, () => lend(pool));
  let round = 0;
  return () => {
    for (let pair = 0; pair < pairs; pair++) {
      const borrower = (round++ * 7919) % borrowed.length;
      if (!pool.release(borrowed[borrower] as Ipv4Address)) throw new Error("An address that is lent was not taken back.");
      borrowed[borrower] = lend(pool);
    }
  };
}

function lend(pool: AddressPool): Ipv4Address {
  const address = pool.allocate();
  if (address === undefined) throw new Error("The pool has free addresses, but lends none.");
  return address;
}

function nanoseconds({ itemsPerSecond }: Row): string {
  return (1e9 / itemsPerSecond).toFixed(0);
}

function line([name = "", ...cells]: readonly string[]): string {
  return `  ${name.padEnd(24)}${cells.map((cell) => cell.padStart(14)).join("")}`;
}
