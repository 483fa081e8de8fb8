import { describe } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { arpTableVariants } from "./lab-5-arp-table.variants.ts";
import { learningVariants, receivingVariants, sendingVariants } from "./lab-5-network-interface.variants.ts";
import { pendingPacketsVariants } from "./lab-5-pending-packets.variants.ts";
import { proveVariants } from "./prove-variants.ts";

const variants = [...arpTableVariants, ...pendingPacketsVariants, ...sendingVariants, ...receivingVariants, ...learningVariants];

describe.skipIf(!hasReference)("wrong versions of lab 5", () => proveVariants("lab-5", variants));
