// A debugger for one breakpoint: debug-session.program.ts WS-ADDRESS FILE LINE
//
// It does what an editor's debugger does: it stops each script that has a source map before it runs, looks in the map for the first line
// from LINE on of the TypeScript file that has code, and sets the breakpoint there. Where the program then stops, it prints as one line
// of JSON, in terms of the TypeScript file.

import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

type Place = { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber?: number };
type Event = { readonly method: string; readonly params: Record<string, never> & Paused & Parsed };
type Paused = { readonly reason: string; readonly callFrames: readonly { readonly location: Place; readonly functionName: string }[] };
type Parsed = { readonly scriptId: string; readonly sourceMapURL: string };

const [address = "", file = "", line = "1"] = process.argv.slice(2);
const socket = new WebSocket(address);
const waiting = new Map<number, (result: unknown) => void>();
const maps = new Map<string, { readonly map: SourceMap; readonly lines: number }>();
let asked = 0;

function ask(method: string, params: object = {}): Promise<unknown> {
  const id = ++asked;
  socket.send(JSON.stringify({ id, method, params }));
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** Where a place of a script stands in the file that it was made from. */
function originOf({ scriptId, lineNumber, columnNumber = 0 }: Place): { readonly file: string; readonly line: number } | undefined {
  const entry = maps.get(scriptId)?.map.findEntry(lineNumber, columnNumber);
  if (entry === undefined || !("originalSource" in entry) || !entry.originalSource.startsWith("file:")) return undefined;
  return { file: fileURLToPath(entry.originalSource), line: entry.originalLine + 1 };
}

/** The place of a script that comes first in the file, from the wanted line on. */
function firstPlace(scriptId: string): Place | undefined {
  const places = Array.from({ length: maps.get(scriptId)?.lines ?? 0 }, (_, lineNumber) =>
    [0, 2, 4].map((columnNumber) => ({ scriptId, lineNumber, columnNumber })),
  );
  const found = places.flat().flatMap((place) => {
    const origin = originOf(place);
    return origin?.file === file && origin.line >= Number(line) ? [{ place, line: origin.line }] : [];
  });
  return found.toSorted((a, b) => a.line - b.line)[0]?.place;
}

function keepMap({ scriptId, sourceMapURL }: Parsed): void {
  const text = /^data:application\/json;[^,]*base64,(.+)$/.exec(sourceMapURL)?.[1];
  if (text === undefined) return;
  const payload = JSON.parse(Buffer.from(text, "base64").toString());
  const { sourceRoot = "", sources } = payload;
  const map = new SourceMap({
    ...payload,
    sourceRoot: "",
    sources: sources.map((source: string) => new URL(source, sourceRoot || undefined).href),
  });
  maps.set(scriptId, { map, lines: payload.mappings.split(";").length });
}

async function onPaused({ callFrames }: Paused): Promise<void> {
  const top = callFrames[0];
  const origin = top && originOf(top.location);
  if (origin?.file === file && origin.line >= Number(line)) {
    console.log(JSON.stringify({ ...origin, function: top?.functionName }));
    socket.close();
    return;
  }
  const place = [...maps.keys()].map(firstPlace).find((found) => found !== undefined);
  if (place !== undefined) await ask("Debugger.setBreakpoint", { location: place });
  await ask("Debugger.resume");
}

socket.addEventListener("message", ({ data }) => {
  const message: { readonly id?: number; readonly result?: unknown } & Event = JSON.parse(String(data));
  if (message.id !== undefined) waiting.get(message.id)?.(message.result);
  else if (message.method === "Debugger.scriptParsed") keepMap(message.params);
  else if (message.method === "Debugger.paused") void onPaused(message.params);
});
socket.addEventListener("open", () => {
  void (async () => {
    await ask("Debugger.enable");
    await ask("Debugger.setInstrumentationBreakpoint", { instrumentation: "beforeScriptWithSourceMapExecution" });
    await ask("Runtime.runIfWaitingForDebugger");
  })();
});
