import { createHash } from "node:crypto";

/**
 * A number for each submission, in an order that tells nothing about names. The same seed and the same submissions give the same numbers,
 * so shards and a run that goes on agree. Whoever knows seed and names can work them out: they keep names from a reader, not from a search.
 */
export function numberSubmissions(ids: readonly string[], seed: number): ReadonlyMap<string, string> {
  const digits = Math.max(3, String(ids.length).length);
  const key = (id: string) => createHash("sha256").update(`${seed}\n${id}`).digest("hex");
  return new Map(
    ids
      .map((id) => ({ id, key: key(id) }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ id }, index) => [id, `submission-${String(index + 1).padStart(digits, "0")}`]),
  );
}
