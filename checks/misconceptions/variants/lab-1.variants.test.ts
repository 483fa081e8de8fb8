import { describe } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { lab1Variants } from "./lab-1.variants.ts";
import { proveVariants } from "./prove-variants.ts";

describe.skipIf(!hasReference)("wrong versions of lab 1", () => proveVariants("lab-1", lab1Variants));
