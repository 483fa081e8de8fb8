import type { ServerName } from "./tunnels.ts";

/** What is measured, each with its unit, in the order in which it is told. */
const figures = [
  "upload, Mbit/s",
  "upload CPU, s/GB",
  "download, Mbit/s",
  "download CPU, s/GB",
  "small up, 1000/s",
  "small up CPU, us",
  "small down, 1000/s",
  "small down CPU, us",
  "ping idle, ms",
  "ping idle 99 %, ms",
  "ping loaded, ms",
  "ping loaded 99 %, ms",
  "memory alone, MB",
  "memory 1000 idle, MB",
] as const;

export type Figure = (typeof figures)[number];

/** The values of each figure, one a round. A server that does not take part has none. */
export type Measured = Readonly<Record<ServerName, readonly number[]>>;

/** Where values are written down while they are measured. */
export type Sheet = {
  readonly add: (figure: Figure, server: ServerName, value: number) => void;
  /** What has been measured, in the order of `figures`. */
  readonly entries: () => readonly (readonly [Figure, Measured])[];
};

export function createSheet(): Sheet {
  const values = new Map<Figure, Record<ServerName, number[]>>();
  return {
    add: (figure, server, value) => {
      const measured = values.get(figure) ?? { ours: [], classic: [] };
      values.set(figure, measured);
      measured[server].push(value);
    },
    entries: () =>
      figures.flatMap((figure) => {
        const measured = values.get(figure);
        return measured === undefined ? [] : [[figure, measured] as const];
      }),
  };
}
