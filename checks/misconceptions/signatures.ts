import type { LabId } from "#launch/implementation.mjs";
import committed from "./signatures.json" with { type: "json" };

/** Which required checks a bug fails. */
export type Signature = {
  /** Whatever the seed is. */
  readonly always: ReadonlySet<string>;
  /** With some seeds only: checks with generated inputs. */
  readonly sometimes: ReadonlySet<string>;
  /** Of a bug that is not the only one to fail these checks: one of them that tells them apart, and the hash of what it says. */
  readonly words?: Words | undefined;
};

export type Words = { readonly check: string; readonly hash: string };

/** By the names of the variants. */
export type Signatures = ReadonlyMap<string, Signature>;

/** Where `npm run misconceptions -- --update` writes them. Holds nothing of the bugs themselves: it goes to students. */
export const signaturesFile = "checks/misconceptions/signatures.json";

/** As they are kept: the names of the checks without their lab, `?` behind those that fail sometimes, `#hash` behind one that tells more. */
export const signatureText: Readonly<Record<LabId, Readonly<Record<string, string>>>> = committed;

export function signaturesOf(lab: LabId): Signatures {
  return new Map(Object.entries(signatureText[lab]).map(([name, text]) => [name, readSignature(lab, text)]));
}

function readSignature(lab: LabId, text: string): Signature {
  const parts = [...text.matchAll(/([\w-]+)(\?)?(?:#(\w+))?/g)].map(([, name, question, hash]) => ({
    id: `${lab}.${name}`,
    isAlways: question === undefined,
    hash,
  }));
  const ids = (wanted: boolean) => new Set(parts.filter(({ isAlways }) => isAlways === wanted).map(({ id }) => id));
  const telling = parts.find(({ hash }) => hash !== undefined);
  const words = telling?.hash === undefined ? undefined : { check: telling.id, hash: telling.hash };
  return { always: ids(true), sometimes: ids(false), words };
}

/** @param order the ids of the lab's checks, in the order in which they are written down */
export function writeSignature({ always, sometimes, words }: Signature, order: readonly string[]): string {
  return order
    .filter((id) => always.has(id) || sometimes.has(id))
    .map((id) => id.slice(id.indexOf(".") + 1) + (always.has(id) ? "" : "?") + (words?.check === id ? `#${words.hash}` : ""))
    .join(" ");
}
