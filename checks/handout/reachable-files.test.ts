import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/skeleton/temporary-folder.ts";
import { reachableFrom } from "./reachable-files.ts";

const folders = { "#kit/": "labs/kit", "#checks/": "checks" };

it("follows imports of every kind, types and programs that are started by name too", () => {
  const root = temporaryFolder({
    "checks/a.ts": [
      'import { b } from "./b.ts";',
      'import type { T } from "#kit/types.ts";',
      'const lazy = () => import("#checks/deep/lazy.ts");',
      'const program = new URL("run.program.ts", import.meta.url);',
      'const lane = "checks/lane.program.ts";',
      'import { it } from "@scope/name/part";',
      'import fs from "node:fs";',
    ].join("\n"),
    "checks/b.ts": 'export * from "../labs/c.mjs";\n',
    "checks/deep/lazy.ts": 'import { parse } from "untyped";\n',
    "checks/deep/untyped.d.ts": "",
    "checks/run.program.ts": "",
    "checks/lane.program.ts": "",
    "checks/nobody.ts": "",
    "labs/kit/types.ts": 'import { b } from "#checks/a.ts";',
    "labs/c.mjs": '/** @type {import("./d.mjs").D} */\n',
    "labs/d.mjs": "",
  });
  const { files, packages } = reachableFrom(root, ["checks/a.ts"], folders);
  expect([...files].toSorted()).toEqual([
    "checks/a.ts",
    "checks/b.ts",
    "checks/deep/lazy.ts",
    "checks/deep/untyped.d.ts",
    "checks/lane.program.ts",
    "checks/run.program.ts",
    "labs/c.mjs",
    "labs/d.mjs",
    "labs/kit/types.ts",
  ]);
  expect([...packages].toSorted()).toEqual(["@scope/name", "untyped"]);
});

it("does not pass over an import that leads nowhere", () => {
  const root = temporaryFolder({ "checks/a.ts": 'import "./gone.ts";\n' });
  expect(() => reachableFrom(root, ["checks/a.ts"], folders)).toThrow("checks/gone.ts is imported, and is not there.");
});
