import { describe } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { lab2Variants } from "./lab-2.variants.ts";
import { proveVariants } from "./prove-variants.ts";

describe.skipIf(!hasReference)("wrong versions of lab 2", () => proveVariants("lab-2", lab2Variants));
