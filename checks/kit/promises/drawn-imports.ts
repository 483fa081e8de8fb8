/**
 * Who may import whom, by the chart of docs/architecture.md: an arrow reads "imports", and who may import a folder may also import what
 * that may import. An arrow with a label and dots is an arrow.
 */
export function drawnImports(markdown: string): ReadonlyMap<string, ReadonlySet<string>> {
  const chart = /^```mermaid\nflowchart [A-Z]+\n(?<arrows>[\s\S]*?)^```/m.exec(markdown)?.groups?.["arrows"] ?? "";
  const arrows = Array.from(chart.matchAll(/^ *(\w+)(?:\[[^\]]*\])? +-[-.].*> +(\w+)(?:\[[^\]]*\])?$/gm), ([, from = "", to = ""]) => ({
    from,
    to,
  }));
  const reached = (from: string): readonly string[] =>
    arrows.filter((arrow) => arrow.from === from).flatMap(({ to }) => [to, ...reached(to)]);
  return new Map(arrows.map(({ from }) => [from, new Set(reached(from))]));
}
