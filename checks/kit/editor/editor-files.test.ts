import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "#launch/root.mjs";

type Task = { readonly label: string; readonly command: string; readonly args: readonly string[]; readonly isBackground?: boolean };
type Launch = { readonly program: string; readonly args: readonly string[]; readonly cwd: string };

const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const inFolder = (path: string) => path.replace("${workspaceFolder}", root);

const folder = join(root, ".vscode");

// A hand-out need not bring the editor's files along.
describe.skipIf(!existsSync(folder))("the editor's files", () => {
  const { scripts }: { scripts: Record<string, string> } = read("package.json");

  it.each(existsSync(folder) ? readdirSync(folder) : [])("%s is plain JSON", (name) => {
    expect(Object.keys(read(`.vscode/${name}`)).length).toBeGreaterThan(0);
  });

  it("name scripts that package.json has, and inputs that they ask for", () => {
    const { tasks, inputs }: { tasks: readonly Task[]; inputs: readonly { id: string }[] } = read(".vscode/tasks.json");
    expect(tasks.length).toBeGreaterThan(6);
    for (const { label, command, args } of tasks) {
      expect([label, command, args[0]]).toEqual([label, "npm", "run"]);
      expect(scripts).toHaveProperty(args[1] ?? "");
      const asked = args.flatMap((word) => /^\$\{input:(.+)\}$/.exec(word)?.[1] ?? []);
      expect(inputs.map(({ id }) => id)).toEqual(expect.arrayContaining(asked));
    }
    expect(new Set(tasks.map(({ label }) => label)).size).toBe(tasks.length);
  });

  it("name programs and a configuration of vitest that are there", () => {
    const { configurations }: { configurations: readonly Launch[] } = read(".vscode/launch.json");
    const paths = configurations.flatMap(({ program, args, cwd }) => [program, cwd, `\${workspaceFolder}/${args[0]}`]);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of [...paths.map(inFolder), join(root, read(".vscode/settings.json")["vitest.rootConfig"])])
      expect([path, existsSync(path)]).toEqual([path, true]);
  });
});
