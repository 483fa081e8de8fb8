import type { LabId } from "#launch/implementation.mjs";
import type { Manner } from "./failure-words.ts";
import committed from "./signatures.json" with { type: "json" };

/** Which required checks a bug fails. */
export type Signature = {
  /** Whatever the seed is. */
  readonly always: ReadonlySet<string>;
  /** With some seeds only: checks with generated inputs. */
  readonly sometimes: ReadonlySet<string>;
  /** Of a bug that is not the only one to fail these checks: one of them that tells them apart, and the hash of what it says. */
  readonly words?: Words | undefined;
  /** How it fails the check that shows it best, where that is not by what it answers. Of a bug with a sentence. */
  readonly manner?: Shown | undefined;
};

export type Words = { readonly check: string; readonly hash: string };

export type Shown = { readonly check: string; readonly manner: Manner };

/** By the names of the variants. */
export type Signatures = ReadonlyMap<string, Signature>;

/** Where `npm run misconceptions -- --update` writes them. Holds nothing of the bugs themselves: it goes to students. */
export const signaturesFile = "checks/misconceptions/signatures.json";

/** As they are kept: the names of the checks without their lab, `?` behind those that fail sometimes, `!threw` or `!stopped`
 * behind the one that shows the bug best where it fails so, `#hash` behind one that tells more. */
export const signatureText: Readonly<Record<LabId, Readonly<Record<string, string>>>> = committed;

export function signaturesOf(lab: LabId): Signatures {
  return new Map(Object.entries(signatureText[lab]).map(([name, text]) => [name, readSignature(lab, text)]));
}

function readSignature(lab: LabId, text: string): Signature {
  const parts = [...text.matchAll(/([\w-]+)(\?)?(?:!(\w+))?(?:#(\w+))?/g)].map(([, name, question, manner, hash]) => ({
    id: `${lab}.${name}`,
    isAlways: question === undefined,
    manner,
    hash,
  }));
  const ids = (wanted: boolean) => new Set(parts.filter(({ isAlways }) => isAlways === wanted).map(({ id }) => id));
  const telling = parts.find(({ hash }) => hash !== undefined);
  const words = telling?.hash === undefined ? undefined : { check: telling.id, hash: telling.hash };
  const [manner] = parts.flatMap(({ id, manner: how }) =>
    how === "threw" || how === "stopped" ? [{ check: id, manner: how } as const] : [],
  );
  return { always: ids(true), sometimes: ids(false), words, manner };
}

/** @param order the ids of the lab's checks, in the order in which they are written down */
export function writeSignature({ always, sometimes, words, manner }: Signature, order: readonly string[]): string {
  return order
    .filter((id) => always.has(id) || sometimes.has(id))
    .map((id) =>
      [
        id.slice(id.indexOf(".") + 1),
        always.has(id) ? "" : "?",
        manner?.check === id ? `!${manner.manner}` : "",
        words?.check === id ? `#${words.hash}` : "",
      ].join(""),
    )
    .join(" ");
}
