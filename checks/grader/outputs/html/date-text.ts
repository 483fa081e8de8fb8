/** An ISO 8601 time as people read it, to the minute. One in another zone than UTC keeps its zone. */
export function dateText(time: string): string {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.exec(time);
  return found === null ? time : `${found[1]} ${found[2]} ${found[3] === "Z" ? "UTC" : found[3]}`;
}
