/** A command that a document shows. */
export type DocumentedCommand = {
  readonly page: string;
  readonly command: string;
  /** The exit code that it is said to have. */
  readonly exit: number;
  /** It goes on until Ctrl+C. */
  readonly endless: boolean;
};

/**
 * The commands in a page's `console` blocks: lines after `$ `. A line `# exit 1` below one says its exit code, `# until Ctrl+C` that it
 * does not end, `# not run: why` that a reader's machine decides.
 */
export function documentedCommands(markdown: string, page: string): readonly DocumentedCommand[] {
  return [...markdown.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) => {
    const lines = block.split("\n");
    return lines.flatMap((line, index) => {
      if (!line.startsWith("$ ")) return [];
      const note = /^# (?:exit (\d+)|(until Ctrl\+C)|(not run: .+))/.exec(lines[index + 1] ?? "");
      if (note?.[3] !== undefined) return [];
      return [
        {
          page,
          command: line
            .slice(2)
            .replace(/\s+#.*$/, "")
            .trim(),
          exit: Number(note?.[1] ?? 0),
          endless: note?.[2] !== undefined,
        },
      ];
    });
  });
}
