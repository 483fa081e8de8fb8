import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { hasReference, implementationFrom, importFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { drawnImports } from "./drawn-imports.ts";

const drawn = hasReference ? drawnImports(readFileSync(join(root, "docs", "architecture.md"), "utf8")) : new Map<string, never>();

/** The folder of the chart in which a file lies: `kit` for `labs/kit/bytes.ts`. The solved labs are labs. */
function placeOf(path: string): string {
  const [floor = "", room = ""] = path.split("/");
  if (floor === "reference" || room.startsWith("lab-")) return floor === "checks" ? "checks" : "labs";
  return floor === "labs" ? room : floor;
}

/** Each alias, and the folder that it means by itself, from the root. */
const aliases: readonly (readonly [string, string])[] = Object.entries(
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { imports: Record<string, string> }).imports,
).map(([alias, folder]) => [alias.replace("*", ""), posix.normalize(folder.replace("*", ""))]);

/** The file that an import names, from the root; `undefined` for a package. */
function target(from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  const [alias = "", folder = ""] = aliases.find(([alias]) => specifier.startsWith(alias)) ?? [];
  return alias === "" ? undefined : folder + specifier.slice(alias.length);
}

/** `NaN` for what lies in no lab. */
const labNumber = (path = "") => Number(/^(?:labs|reference)\/lab-(\d)/.exec(path)?.[1]);

const sources = ["labs", "reference", "checks", "fixtures"].flatMap((floor) =>
  readdirSync(join(root, floor), { recursive: true, encoding: "utf8" })
    .map((path) => posix.join(floor, path.replaceAll("\\", "/")))
    .filter((path) => /\.(?:ts|mjs)$/.test(path) && !/\/(?:scratch|out|examples|skeletons)\//.test(path)),
);

const imports = sources.flatMap((file) =>
  Array.from(
    readFileSync(join(root, file), "utf8").matchAll(/^(?:import|export)\b[^;"']*?"([^"]+)";$|\bimport\("([^"]+)"\)/gm),
    ([, whole, asked]) => ({ file, specifier: whole ?? asked ?? "", to: target(file, whole ?? asked ?? "") }),
  ),
);

describe.skipIf(!hasReference)("who imports whom", () => {
  it("is drawn, and found in the files", () => {
    expect(drawn.get("server")).toEqual(new Set(["labs", "devices", "kit", "contract", "launch"]));
    expect(imports.length).toBeGreaterThan(2_000);
  });

  it("is as docs/architecture.md draws it", () => {
    const wrong = imports.filter(({ file, to }) => {
      const [from, into] = [placeOf(file), to === undefined ? undefined : placeOf(to)];
      return into !== undefined && into !== from && !drawn.get(from)?.has(into);
    });
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it("goes through an alias from one folder to another", () => {
    // vitest knows no alias before it has read its configuration.
    const around = imports.filter(
      ({ file, specifier, to = file }) => specifier.startsWith(".") && placeOf(to) !== placeOf(file) && file !== "checks/vitest.config.ts",
    );
    expect(around.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it("has aliases that mean the same to an editor as to the bundler", () => {
    const bundled = Object.entries(importFolders(implementationFrom("labs")));
    expect(Object.fromEntries(aliases)).toEqual(
      Object.fromEntries(bundled.map(([alias, folder]) => [alias, `${relative(root, folder).replaceAll("\\", "/")}/`])),
    );
  });

  it("has later labs import earlier ones", () => {
    expect(imports.filter(({ file, to }) => labNumber(to) < labNumber(file)).length).toBeGreaterThan(5);
    expect(imports.filter(({ file, to }) => labNumber(to) > labNumber(file))).toEqual([]);
  });

  it("has the commands above everything else", () => {
    const upward = imports.filter(
      ({ file, to }) => to?.startsWith("checks/cli/") && !file.startsWith("checks/cli/") && !file.endsWith(".test.ts"),
    );
    expect(upward.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });
});
