import type { Tier } from "../model/grade.ts";
import { bubblewrapCage } from "./bubblewrap.ts";
import type { Cage, Sandbox } from "./confined.ts";
import { otherUserCage } from "./other-user.ts";
import { plainChildCage } from "./plain-child.ts";
import { type Probed, probe, probeSentences, tierOf } from "./probes.ts";

export type SandboxOptions = {
  /** Refuses to grade with less. */
  readonly requireTier?: Tier;
  /** The operator says that this computer is a container or a virtual machine for one submission alone. */
  readonly container?: boolean;
  /** The cages to try, best first. */
  readonly cages?: readonly (() => Cage)[];
};

/** From the best to the least. */
const usualCages = [bubblewrapCage, otherUserCage, plainChildCage];

type Tried = { readonly cage: Cage; readonly probed: Probed };

/**
 * The best sandbox that this computer offers. What it is worth is not taken from its name but from what a probe in it could do.
 *
 * @throws {Error} named UsageError, with one sentence for the instructor, when none is good enough
 */
export async function openSandbox({ requireTier = "T3", container = false, cages = usualCages }: SandboxOptions = {}): Promise<Sandbox> {
  const refusals: string[] = [];
  let best: Tried | undefined;
  for (const open of cages) {
    const tried = await tryCage(open, refusals);
    if (tried === undefined) continue;
    if (best === undefined || tierOf(tried.probed) < tierOf(best.probed)) {
      await best?.cage.close();
      best = tried;
    } else await tried.cage.close();
    if (tierOf(best.probed) === "T1") break;
  }
  if (best === undefined) throw usageError(`Submissions cannot be run on this computer: ${refusals.join("; ")}.`);
  const { cage, probed } = best;
  const tier = container ? "T0" : tierOf(probed);
  if (tier > requireTier) {
    await cage.close();
    const why = [...refusals, ...shortcomings(probed)].join("; ");
    throw usageError(`Tier ${requireTier} is required, and this computer offers ${tier} at best: ${why}.`);
  }
  const declared = container
    ? ["the operator says that there is a computer or container for each submission alone; that cannot be probed"]
    : [];
  return { ...cage, tier, probes: [...declared, `runs in ${cage.name}`, ...probeSentences(probed), ...refusals] };
}

async function tryCage(open: () => Cage, refusals: string[]): Promise<Tried | undefined> {
  let cage: Cage;
  try {
    cage = open();
  } catch (error) {
    refusals.push(reasonOf(error));
    return undefined;
  }
  try {
    return { cage, probed: await probe(cage) };
  } catch (error) {
    await cage.close();
    refusals.push(`${cage.name} cannot be used: ${reasonOf(error)}`);
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? `${path ?? "a program"} is not installed` : error.message.replace(/\.$/, "");
}

/** What a submission can do and should not. */
function shortcomings(probed: Probed): readonly string[] {
  return probeSentences(probed)
    .filter((sentence) => /^(can|is) (?!not)/.test(sentence))
    .map((sentence) => `a submission ${sentence}`);
}

function usageError(message: string): Error {
  return Object.assign(new Error(message), { name: "UsageError" });
}
