import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Everything that tells a reader, an editor or a build service what to call: pages, examples, settings. */
const texts = ["README.md", ...[".github", ".vscode", "docs", "labs"].flatMap((folder) => filesBelow(folder))].filter(
  (path) => /\.(?:md|ya?ml|json)$/.test(path) || path.startsWith("docs/examples/"),
);
const pages = [...texts, ...filesBelow("fixtures")].filter((path) => path.endsWith(".md"));

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => !/\/(?:scratch|lab-\d[\w-]*)\//.test(path) && statSync(join(root, path)).isFile());
}

const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(read("package.json"));

/** Each `npm run NAME`, with the options behind it in the same line or piece of code. A benchmark is a program of its own. */
const calls = texts.flatMap((page) =>
  Array.from(read(page).matchAll(/\bnpm run (?<name>bench [a-z]+|[a-z][\w-]*)(?<words>[^\n`|()]*)/g), ({ groups }) => ({
    page,
    program: groups?.["name"] ?? "",
    options: (groups?.["words"] ?? "").match(/(?<=\s)--[a-z][\w-]*/g) ?? [],
  })),
);
const scriptOf = (program: string) => scripts[program.replace(/ .*/, "")];

describe.skipIf(!hasReference)("documents", () => {
  it("name scripts that there are", () => {
    expect(calls.length).toBeGreaterThan(100);
    expect(calls.filter(({ program }) => scriptOf(program) === undefined)).toEqual([]);
  });

  it("name every script", () => {
    const named = new Set(calls.map(({ program }) => program.replace(/ .*/, "")));
    expect(Object.keys(scripts).filter((name) => name !== "test" && !named.has(name))).toEqual([]);
  });

  const withOptions = calls.filter(({ program, options }) => options.length > 0 && scriptOf(program)?.includes("labs/launch/run.mjs"));

  it.each([...new Set(withOptions.map(({ program }) => program))])("give npm run %s options that its help names", (program) => {
    const [, ...command] = `${scriptOf(program)}${program.replace(/^[^ ]+/, "")} --help`.split(" ");
    const help = execFileSync(process.execPath, command, { cwd: root, encoding: "utf8" });
    const named = new Set(help.match(/--[a-z][\w-]*/g));
    const own = withOptions.filter((call) => call.program === program);
    expect(
      own.flatMap(({ page, options }) => options.filter((option) => !named.has(option)).map((option) => `${page}: ${option}`)),
    ).toEqual([]);
  });

  it.each(pages)("name files that there are: %s", (page) => {
    const paths = Array.from(read(page).matchAll(/`((?:labs|docs|fixtures|checks|reference)\/[\w./-]+)`/g), ([, path = ""]) => path);
    const made = /\/(?:out|scratch)\//;
    const missing = paths.filter((path) => !made.test(path) && !existsSync(join(root, path.replace("lab-N", "lab-1"))));
    expect(missing).toEqual([]);
  });

  it("show the house as it is", () => {
    const tree = /^## The house\n\n```text\n(?<tree>[\s\S]*?)^```/m.exec(read("docs/architecture.md"))?.groups?.["tree"] ?? "";
    const floors = tree.split(/^(?=\w)/m).map((floor) => ({
      name: /^\w+/.exec(floor)?.[0] ?? "",
      rooms: Array.from(floor.matchAll(/^ {2}([^\s,]+(?:, [^\s,]+)*)/gm), ([, names = ""]) =>
        names.split(", ").map((name) => name.replace("/", "")),
      ).flat(),
    }));
    expect(floors.map(({ name }) => name)).toEqual(["labs", "reference", "checks", "fixtures", "docs"]);
    for (const { name, rooms } of floors.filter(({ rooms }) => rooms.length > 0)) {
      const labs = name === "checks" ? ["lab-2-user-pool", "lab-3-heartbeat", "lab-4-tun-server", "lab-5-arp-interface"] : [];
      const folders = readdirSync(join(root, name), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "out");
      expect(
        rooms
          .filter((room) => room !== "README.md")
          .concat(labs)
          .toSorted(),
      ).toEqual(folders.map((folder) => folder.name).toSorted());
    }
  });
});
