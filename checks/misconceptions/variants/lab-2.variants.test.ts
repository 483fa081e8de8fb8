import { describe } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { allVariants } from "./all-variants.ts";
import { proveVariants } from "./prove-variants.ts";

describe.skipIf(!hasReference)("wrong versions of lab 2", () => proveVariants("lab-2", allVariants["lab-2"]));
