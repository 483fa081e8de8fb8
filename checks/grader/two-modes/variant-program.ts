import { runInThisContext } from "node:vm";
import type { Call, Channel } from "#checks/harness/channel.ts";
import type { Members } from "#checks/harness/host.ts";
import type { MemberShapes } from "#checks/harness/shape.ts";
import { applyEdits, type Variant } from "#checks/misconceptions/variants/variant.ts";
import { labFolders } from "#launch/implementation.mjs";
import { bundleSubmission } from "../run/bundle-submission.ts";
import { type LabSources, referenceSources } from "../run/lab-sources.ts";

/** A lab's functions as a piece of JavaScript: an expression whose value is their members. It finds `require` around it. */
export type Piece = { readonly name: string; readonly code: string };

/** The reference with the variant's edits. */
export function spoiltSources({ lab, file, edits }: Pick<Variant, "lab" | "file" | "edits">): LabSources {
  const reference = referenceSources();
  const source = reference?.[lab].get(file);
  if (reference === undefined || source === undefined) throw new Error(`There is no ${file} in the reference of ${lab}.`);
  return { ...reference, [lab]: new Map([...reference[lab], [file, applyEdits(source, edits)]]) };
}

export async function pieceOf(variant: Variant): Promise<Piece> {
  const entry = `export { members } from "#checks/${labFolders[variant.lab]}/members.ts";`;
  const code = await bundleSubmission(entry, spoiltSources(variant), { global: "piece" });
  // A dot would stand between a member and what is in it.
  return { name: variant.name.replaceAll(".", "_"), code: `(() => { ${code}; return piece.members; })()` };
}

/** What stands between a piece's name and a member's. */
const separator = "/";

/** One program that drives all pieces: the sandbox is started once, and each piece is begun when it is first called. */
export async function programOf(pieces: readonly Piece[], members: readonly string[], sources: LabSources): Promise<string> {
  const entry = `
    import { createRequire } from "node:module";
    import { runInThisContext } from "node:vm";
    import { drive } from "#checks/grader/driver/driver.ts";
    const require = createRequire(import.meta.url);
    const begun = new Map();
    // By itself: in here it would see the driver's own names.
    const begin = (name, piece) => begun.get(name) ?? begun.set(name, runInThisContext("(require) => " + piece)(require)).get(name);
    const pieces = globalThis.piecesOfProgram;
    drive(Object.fromEntries(Object.entries(pieces).flatMap(([name, piece]) =>
      ${JSON.stringify(members)}.map((member) => [name + ${JSON.stringify(separator)} + member, () => begin(name, piece)[member]()]))));`;
  const driver = await bundleSubmission(entry, sources);
  const codes = Object.fromEntries(pieces.map(({ name, code }) => [name, code]));
  return `globalThis.piecesOfProgram = ${JSON.stringify(codes)};\n${driver}`;
}

/** The shapes of all pieces' members. */
export function shapesOf(pieces: readonly Piece[], shape: MemberShapes): MemberShapes {
  return Object.fromEntries(
    pieces.flatMap(({ name }) => Object.entries(shape).map(([member, inner]) => [`${name}${separator}${member}`, inner])),
  );
}

/** Reaches one piece of the program: its members have its name in front. */
export function channelTo({ name }: Piece, channel: Channel): Channel {
  const prefix = `${name}${separator}`;
  return async (call: Call) => {
    const outcome = await channel(call.on === undefined ? { ...call, member: `${prefix}${call.member}` } : call);
    // What is said of a member names it as the driver knows it.
    return outcome.kind === "unusable" ? { ...outcome, message: outcome.message.replaceAll(prefix, "") } : outcome;
  };
}

/** The same piece in this process. */
export function membersHere({ code }: Piece, require: NodeJS.Require): Members<Record<string, unknown>> {
  return runInThisContext(`(require) => ${code}`)(require) as Members<Record<string, unknown>>;
}
