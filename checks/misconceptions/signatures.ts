import type { LabId } from "#launch/implementation.mjs";
import committed from "./signatures.json" with { type: "json" };

/** Which required checks a bug fails. */
export type Signature = {
  /** Whatever the seed is. */
  readonly always: ReadonlySet<string>;
  /** With some seeds only: checks with generated inputs. */
  readonly sometimes: ReadonlySet<string>;
};

/** By the names of the variants. */
export type Signatures = ReadonlyMap<string, Signature>;

/** Where `npm run misconceptions -- --update` writes them. Holds nothing of the bugs themselves: it goes to students. */
export const signaturesFile = "checks/misconceptions/signatures.json";

/** As they are kept: the names of the checks without their lab, `?` behind those that fail sometimes. */
export const signatureText: Readonly<Record<LabId, Readonly<Record<string, string>>>> = committed;

export function signaturesOf(lab: LabId): Signatures {
  return new Map(Object.entries(signatureText[lab]).map(([name, text]) => [name, readSignature(lab, text)]));
}

function readSignature(lab: LabId, text: string): Signature {
  const words = text.split(" ").filter((word) => word !== "");
  const ids = (wanted: boolean) =>
    new Set(words.filter((word) => word.endsWith("?") === wanted).map((word) => `${lab}.${word.replace("?", "")}`));
  return { always: ids(false), sometimes: ids(true) };
}

/** @param order the ids of the lab's checks, in the order in which they are written down */
export function writeSignature({ always, sometimes }: Signature, order: readonly string[]): string {
  return order
    .filter((id) => always.has(id) || sometimes.has(id))
    .map((id) => id.slice(id.indexOf(".") + 1) + (always.has(id) ? "" : "?"))
    .join(" ");
}
