import { lstatSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWhole } from "#checks/skeleton/write-whole.ts";
import { manifestName } from "./manifest.ts";
import type { Change } from "./plan.ts";

/** One step of an upgrade, paths absolute. */
export type UpgradeStep =
  | { readonly do: "copy" | "move"; readonly from: string; readonly to: string }
  | { readonly do: "write"; readonly to: string; readonly content: Uint8Array };

/**
 * The steps of an upgrade, in an order that may be broken off anywhere and begun again: first all that goes is copied, then files are
 * written, each whole, the pristine copies behind what was merged with them, and last the manifest, which says that it is done.
 *
 * @param folder the student's
 * @param kept a folder for what is replaced or removed
 */
export function upgradeSteps(changes: readonly Change[], folder: string, kept: string, manifest: Uint8Array): readonly UpgradeStep[] {
  const goes = changes.filter(({ how }) => how !== "untouched" && how !== "added");
  const place = (path: string) => ({ from: join(folder, path), to: join(kept, path) });
  const isFile = (path: string) => lstatSync(join(folder, path)).isFile();
  const written = changes.flatMap(({ path, write }) =>
    write === undefined
      ? []
      : [{ do: "write", to: join(folder, path), content: write, last: path.startsWith("checks/skeletons/") } as const],
  );
  return [
    ...goes.filter(({ path }) => isFile(path)).map(({ path }) => ({ do: "copy", ...place(path) }) as const),
    ...goes.filter(({ path }) => !isFile(path)).map(({ path }) => ({ do: "move", ...place(path) }) as const),
    ...written.filter(({ last }) => !last),
    ...goes.filter(({ how }) => how === "removed").map(({ path }) => ({ do: "move", ...place(path) }) as const),
    ...written.filter(({ last }) => last),
    { do: "write", to: join(folder, manifestName), content: manifest },
  ];
}

/** @throws {Error} of the operating system */
export function performStep(step: UpgradeStep): void {
  switch (step.do) {
    case "copy":
      return writeWhole(step.to, readFileSync(step.from));
    case "move":
      mkdirSync(dirname(step.to), { recursive: true });
      return renameSync(step.from, step.to);
    case "write":
      return writeWhole(step.to, step.content);
    default:
      return step satisfies never;
  }
}
