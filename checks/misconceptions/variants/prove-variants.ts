import { expect, it } from "vitest";
import { registry } from "#checks/harness/registry.ts";
import type { LabId } from "#launch/implementation.mjs";
import { runVariant } from "./run-variant.ts";
import type { Variant } from "./variant.ts";

/** Tests that each variant is found by its check, and that the checks of the lab are all of use: each finds a variant. */
export function proveVariants(lab: LabId, variants: readonly Variant[]): void {
  const quick = variants.filter(({ stopped }) => stopped === undefined);
  const slow = variants.filter(({ stopped }) => stopped);

  it.each(quick)("$name: $says ($check)", async (variant) => {
    const { status, failure } = await runVariant(variant);
    expect(status).toBe("failed");
    expect(failure?.headline).toMatch(/./);
    expect(failure?.story).not.toEqual([]);
  });

  // Side by side: most of their time they wait for the harness to lose patience.
  it.concurrent.each(slow)("$name: $says ($check)", async (variant) => {
    const { status } = await runVariant(variant);
    expect(["endless", "crashed"]).toContain(status);
  });

  it("cover every check", async () => {
    const checks = (await registry[lab]?.())?.checks ?? [];
    const found = new Set(variants.map(({ check }) => check));
    expect(checks.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
    expect(checks.length).toBeGreaterThan(0);
  });

  it("have names of their own, and belong to this lab", () => {
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
    expect(variants.filter((variant) => variant.lab !== lab)).toEqual([]);
  });
}
