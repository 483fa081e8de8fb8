import type { Ipv4Address } from "#contract/vocabulary.ts";
import { createAddressPool } from "#lab-2/address-pool.ts";
import { measureHere } from "./measure-here.ts";

const pool = createAddressPool({ cidr: "10.9.0.0/16", reserved: [] });
const lent = Array.from({ length: 1_000 }, () => pool.allocate());
let turn = 0;

measureHere(() => {
  for (let pair = 0; pair < 200; pair++) {
    turn = (turn + 7919) % lent.length;
    if (!pool.release(lent[turn] as Ipv4Address)) throw new Error("The pool did something else than it was measured for.");
    lent[turn] = pool.allocate();
  }
});
