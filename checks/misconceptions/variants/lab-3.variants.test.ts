import { describe } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { lab3Variants } from "./lab-3.variants.ts";
import { proveVariants } from "./prove-variants.ts";

describe.skipIf(!hasReference)("wrong versions of lab 3", () => proveVariants("lab-3", lab3Variants));
