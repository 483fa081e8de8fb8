import { existsSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { root, userFolder } from "./root.mjs";

/** @typedef {"lab-1" | "lab-2" | "lab-3" | "lab-4" | "lab-5"} LabId */
/** @typedef {Readonly<Record<LabId, string>>} Implementation Where each lab's code is: an absolute folder. */

/** The folder name that each lab has under labs/ and under reference/. @type {Readonly<Record<LabId, string>>} */
export const labFolders = {
  "lab-1": "lab-1-codec",
  "lab-2": "lab-2-user-pool",
  "lab-3": "lab-3-heartbeat",
  "lab-4": "lab-4-tun-server",
  "lab-5": "lab-5-arp-interface",
};

export const labIds = /** @type {readonly LabId[]} */ (Object.keys(labFolders));

/** The labs whose solution is here: in a student's hand-out none, or those that the course has given out. */
const solvedLabs = labIds.filter((id) => existsSync(join(root, "reference", labFolders[id])));

/** Whether all solved labs are here, so that there is a whole server to run. */
export const hasReference = solvedLabs.length === labIds.length;

/**
 * Which folder each lab's code is taken from.
 *
 * `labs` and `reference` name the kit's own trees. Anything else is a folder laid out as `labs/` is, or one lab's folder. The labs that
 * are not there come from `labs/`.
 *
 * @param {string} from `labs`, `reference`, or a folder, relative to where the user stands
 * @returns {Implementation}
 * @throws {Error} with one sentence for the user, when there is nothing of that name
 */
export function implementationFrom(from) {
  const labs = allUnder(join(root, "labs"));
  if (from === "labs") return labs;
  if (from === "reference") {
    if (solvedLabs.length === 0) throw usageError("There is no reference/ folder in this kit; leave out --from, or give it a folder.");
    return onReference(labs);
  }
  const folder = resolve(userFolder, from);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw usageError(
      `--from ${from}: there is no such folder; give labs, reference, or a folder that holds lab folders such as lab-1-codec.`,
    );
  const found = labIds.filter((id) => existsSync(join(folder, labFolders[id])));
  const itself = labIds.find((id) => labFolders[id] === basename(folder));
  if (found.length === 0 && itself === undefined)
    throw usageError(`--from ${from}: that folder holds none of the lab folders (${Object.values(labFolders).join(", ")}).`);
  const taken = found.length > 0 ? found.map((id) => [id, join(folder, labFolders[id])]) : [[/** @type {LabId} */ (itself), folder]];
  return { ...labs, ...Object.fromEntries(taken) };
}

/** The same with every solved lab from the reference. @param {Implementation} implementation @returns {Implementation} */
export function onReference(implementation) {
  const reference = allUnder(join(root, "reference"));
  return { ...implementation, ...Object.fromEntries(solvedLabs.map((id) => [id, reference[id]])) };
}

/** An error whose message is the one sentence that the user needs. @param {string} message */
function usageError(message) {
  return Object.assign(new Error(message), { name: "UsageError" });
}

/** @param {string} folder @returns {Implementation} */
function allUnder(folder) {
  return /** @type {Implementation} */ (Object.fromEntries(labIds.map((id) => [id, join(folder, labFolders[id])])));
}

/**
 * What each `#` import means, as prefix and folder. The one table behind the bundler, vitest and the type checker.
 *
 * @param {Implementation} implementation
 * @returns {Readonly<Record<string, string>>}
 */
export function importFolders(implementation) {
  const own = Object.fromEntries(["contract", "kit", "devices", "server", "launch"].map((name) => [`#${name}/`, join(root, "labs", name)]));
  const labs = Object.fromEntries(labIds.map((id) => [`#${id}/`, implementation[id]]));
  return { ...own, ...labs, "#checks/": join(root, "checks"), "#fixtures/": join(root, "fixtures") };
}
