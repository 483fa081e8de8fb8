import { join } from "node:path";

/** A problem matcher of a VS Code task: consecutive lines that together tell a problem and its place. */
export type ProblemMatcher = {
  readonly fileLocation: readonly [kind: "relative", folder: string];
  readonly pattern: readonly ({ readonly regexp: string } & Partial<Record<"file" | "line" | "column" | "message", number>>)[];
};

export type Problem = { readonly file: string; readonly line: number; readonly column: number; readonly message: string };

/**
 * What the editor finds in a task's output.
 *
 * @param folder what `${workspaceFolder}` stands for
 */
export function problemsIn(output: string, { fileLocation, pattern }: ProblemMatcher, folder: string): readonly Problem[] {
  const lines = output.split("\n");
  return lines.flatMap((_, start) => {
    const found: Record<string, string> = {};
    for (const [index, { regexp, ...groups }] of pattern.entries()) {
      const match = new RegExp(regexp).exec(lines[start + index] ?? "");
      if (match === null) return [];
      for (const [name, group] of Object.entries(groups)) found[name] = match[group] ?? "";
    }
    const { file = "", line, column, message = "" } = found;
    const path = join(fileLocation[1].replace("${workspaceFolder}", folder), file);
    return [{ file: path, line: Number(line), column: Number(column), message }];
  });
}
