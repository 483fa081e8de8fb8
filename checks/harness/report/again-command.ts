import { defaultSeed } from "../seed.ts";

/** Of a run, what decides which code is checked and with which inputs, as the user asked for it. */
export type Asked = {
  readonly from?: string;
  readonly misconception?: string | undefined;
  readonly integrated?: boolean;
  readonly seed?: number;
};

/** The command that checks this again, as it was checked: to be copied into the same shell, in the same folder. */
export function againCommand(id: string, { from = "labs", misconception, integrated = false, seed = defaultSeed }: Asked): string {
  const [lab = "", name = ""] = id.split(".");
  return [
    `npm run check ${lab} -- --only ${name}`,
    ...(from === "labs" ? [] : [flag("--from", from)]),
    ...(misconception === undefined ? [] : [flag("--misconception", misconception)]),
    ...(integrated ? ["--integrated"] : []),
    ...(seed === defaultSeed ? [] : [flag("--seed", String(seed))]),
  ].join(" ");
}

/** A value that begins with a dash would be taken for a flag if it stood alone. */
function flag(name: string, value: string): string {
  return `${name}${value.startsWith("-") ? "=" : " "}${shellWord(value)}`;
}

/**
 * A word as a shell is to be given it, in quotation marks where it would read something else.
 *
 * @param platform whose shell: Windows knows no single ones, and its file names no double ones
 */
export function shellWord(word: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === "win32") return /^[\w.,:@+=/\\-]+$/.test(word) ? word : `"${word}"`;
  return /^[\w.,:@%+=/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
