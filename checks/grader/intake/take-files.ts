import type { Refusal, TakenFile } from "#checks/grader/model/submission.ts";
import { type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { bounds } from "./bounds.ts";
import { readEntryPath } from "./entry-path.ts";
import type { FoundEntry } from "./found-entry.ts";
import { isOwnFileName, kitFiles, labOfFolder } from "./lab-files.ts";
import { findLabRoot } from "./lab-root.ts";
import { visibleText } from "./visible-text.ts";

/** What counts of a submission, and what does not. */
export type Taken = { readonly files: readonly TakenFile[]; readonly refused: readonly Refusal[] };

type Placed = { readonly entry: FoundEntry; readonly segments: readonly string[] };
type Candidate = { readonly entry: FoundEntry; readonly lab: LabId; readonly name: string };

/** Picks the labs' files out of all that was found, whatever it was found in. Every other entry is refused with a reason. */
export function takeFiles(entries: readonly FoundEntry[]): Taken {
  const refused: Refusal[] = [];
  const placed: Placed[] = [];
  for (const entry of entries) {
    const path = readEntryPath(entry.path);
    if (path.kind === "path") placed.push({ entry, segments: path.segments });
    else refused.push({ path: entry.path, why: path.why });
  }
  const root = findLabRoot(placed.filter(({ entry }) => entry.kind !== "folder").map(({ segments }) => segments));
  switch (root.kind) {
    case "none":
      return {
        files: [],
        refused: told([{ path: ".", why: "has no file in a lab's folder, such as lab-1-codec/" }, ...refused, ...outside(placed)]),
      };
    case "several": {
      const roots = root.roots.map((each) => visibleText(each)).slice(0, 5);
      return {
        files: [],
        refused: told([{ path: ".", why: `has lab folders in several places (${roots.join(", ")}); only one can count` }, ...refused]),
      };
    }
    case "root": {
      const isOnTheWay = ({ entry, segments }: Placed) =>
        entry.kind === "folder" && segments.every((segment, index) => root.segments[index] === segment);
      const rest = placed.filter((each) => !isOnTheWay(each));
      const isBelow = ({ segments }: Placed) => root.segments.every((segment, index) => segments[index] === segment);
      const { files, refused: inside } = takeBelow(rest.filter(isBelow), root.segments.length);
      return { files, refused: told([...inside, ...refused, ...outside(rest.filter((each) => !isBelow(each)))]) };
    }
    default:
      return root satisfies never;
  }
}

/** @param depth how many segments lie in front of the lab folders */
function takeBelow(placed: readonly Placed[], depth: number): Taken {
  const refused: Refusal[] = [];
  const candidates: Candidate[] = [];
  const others: Placed[] = [];
  for (const { entry, segments } of placed) {
    const [folder = "", name, ...deeper] = segments.slice(depth);
    const lab = labOfFolder(folder);
    if (lab === undefined) others.push({ entry, segments: segments.slice(depth) });
    else if (name === undefined) {
      // The lab's folder itself.
      if (entry.kind !== "folder")
        refused.push({ path: folder, why: entry.kind === "other" ? entry.why : "is a file, and should be a folder" });
    } else if (deeper.length === 0) candidates.push({ entry, lab, name });
    // What stands in a folder of a lab's folder is told once, with the folder.
    else others.push({ entry, segments: [`${folder}/${name}`, ...deeper] });
  }
  const judged = labIds.map((lab) =>
    takeLab(
      lab,
      candidates.filter((each) => each.lab === lab),
    ),
  );
  const files = judged.flatMap((each) => each.files);
  const all = [...refused, ...judged.flatMap((each) => each.refused), ...outside(others)];
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  if (size > bounds.taken) return { files: [], refused: [{ path: ".", why: "has more than 8 MiB of code in the lab folders" }, ...all] };
  return { files, refused: all };
}

function takeLab(lab: LabId, candidates: readonly Candidate[]): Taken {
  const files: TakenFile[] = [];
  const refused: Refusal[] = [];
  const own = candidates.filter(({ name, entry }) => !kitFiles(lab).includes(name) && entry.kind === "file");
  // Looked up, not looked for: an archive may have many thousands of names in one lab.
  const byName = new Map<string, Candidate[]>();
  for (const each of candidates)
    if (each.entry.kind !== "folder") {
      const alike = byName.get(each.name.toLowerCase());
      if (alike === undefined) byName.set(each.name.toLowerCase(), [each]);
      else alike.push(each);
    }
  const twice = new Set([...byName.values()].flatMap(namedTwice));
  for (const { entry, name } of candidates) {
    const why =
      reasonAgainst(entry, name, lab, { isTwice: twice.has(name), alike: byName.get(name.toLowerCase())?.length ?? 0 }) ??
      (own.length > bounds.ownFiles && !kitFiles(lab).includes(name) ? tooMany : undefined);
    if (why !== undefined) {
      // A folder that is there is no fault: what is in it is told.
      if (entry.kind !== "folder") refused.push({ path: `${labFolders[lab]}/${name}`, why });
    } else if (entry.kind === "file" && entry.content !== undefined) files.push({ lab, path: name, content: entry.content });
    else refused.push({ path: `${labFolders[lab]}/${name}`, why: "could not be read" });
  }
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), refused };
}

const tooMany = `is one of more than ${bounds.ownFiles} files of the student's own in that folder`;

/** Names that several of them have, letter by letter. */
function namedTwice(alike: readonly Candidate[]): readonly string[] {
  const seen = new Set<string>();
  return alike.flatMap(({ name }) => (seen.has(name) ? [name] : (seen.add(name), [])));
}

type Namesakes = {
  readonly isTwice: boolean;
  /** How many have its name, but for large and small letters, itself included. */
  readonly alike: number;
};

function reasonAgainst(entry: FoundEntry, name: string, lab: LabId, { isTwice, alike }: Namesakes): string | undefined {
  const kitName = kitFiles(lab).find((each) => each.toLowerCase() === name.toLowerCase());
  if (entry.kind === "folder") return "is a folder";
  if (entry.kind === "other") return entry.why;
  if (name.startsWith(".")) return "is hidden";
  if (!isOwnFileName(name))
    return /\.ts$/i.test(name) ? "has a name of more than plain letters, digits, dots and dashes" : "is no TypeScript file";
  if (isTwice) return "is there more than once, and which one counts cannot be known";
  if (kitName !== undefined && kitName !== name) return `is written ${kitName} in the lab`;
  if (kitName === undefined && alike > 1) return "differs from another file only in large and small letters";
  if (entry.size > bounds.file) return "is larger than 1 MiB";
  return undefined;
}

/** What lies in no lab folder, told once for each folder: a student's whole repository has hundreds of such files. */
function outside(placed: readonly Placed[]): readonly Refusal[] {
  const groups = new Map<string, Placed[]>();
  for (const each of placed) {
    const first = each.segments[0] ?? "";
    const group = groups.get(first);
    if (group === undefined) groups.set(first, [each]);
    else group.push(each);
  }
  return [...groups].map(([first, members]) => {
    const [only] = members;
    if (members.length === 1 && only?.segments.length === 1 && only.entry.kind !== "folder")
      return { path: first, why: only.entry.kind === "other" ? only.entry.why : notALab };
    const files = members.filter(({ entry }) => entry.kind !== "folder").length;
    return { path: `${first}/`, why: files === 0 ? notALab : `${notALab} (${files} ${files === 1 ? "file" : "files"})` };
  });
}

const notALab = "is not directly in a lab's folder";

/** Refusals as they may be shown, and not more of them than somebody reads. */
function told(refused: readonly Refusal[]): readonly Refusal[] {
  const shown = refused.slice(0, bounds.refusals).map(({ path, why }) => ({ path: visibleText(path), why: visibleText(why) }));
  const more = refused.length - shown.length;
  return more === 0 ? shown : [...shown, { path: "…", why: `and ${more} more` }];
}
