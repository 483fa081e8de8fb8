import { type ConformanceCase, paceOf } from "./case.ts";

/** The ids that `--only` asks for: the one of exactly that name, else all that contain it. A name that fits nothing is in `unknown`. */
export function chooseCases(
  cases: readonly ConformanceCase[],
  { only, quick }: { readonly only: readonly string[]; readonly quick: boolean },
): { readonly chosen: readonly ConformanceCase[]; readonly leftOut: readonly ConformanceCase[]; readonly unknown: readonly string[] } {
  const fitting = (name: string) => {
    const exact = cases.filter(({ id }) => id === name);
    return exact.length > 0 ? exact : cases.filter(({ id }) => name !== "" && id.includes(name));
  };
  const named = new Set(only.flatMap((name) => fitting(name)));
  const wanted = only.length === 0 ? cases : cases.filter((each) => named.has(each));
  const leftOut = quick ? wanted.filter((each) => paceOf(each) !== "quick") : [];
  return { chosen: wanted.filter((each) => !leftOut.includes(each)), leftOut, unknown: only.filter((name) => fitting(name).length === 0) };
}
