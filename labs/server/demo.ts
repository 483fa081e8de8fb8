import { Chalk, supportsColor } from "chalk";
import { type DemoOptions, demoHelp, readDemoOptions } from "./demo/demo-options.ts";
import { keepRecording } from "./demo/keep-recording.ts";
import { createNarrator } from "./demo/narrator.ts";
import { playDemo } from "./demo/play-demo.ts";
import type { DemoLink, StoryEvent } from "./demo/story.ts";
import { createJury } from "./demo/verdict.ts";
import type { StageEnd, WatchedStage } from "./demo/watch-stage.ts";
import { wrap } from "./demo/wrap.ts";
import { UsageError } from "./usage-error.ts";

const print = console.log;
const width = 78;

/** Plays and narrates the demo. Resolves with the exit code. */
async function demo(options: DemoOptions): Promise<number> {
  const paint = painter(options.color);
  const jury = createJury();
  let narrate: ((event: StoryEvent) => void) | undefined;
  let recordings: Promise<void> = Promise.resolve();
  let stage: WatchedStage | undefined;
  let played: DemoLink | undefined;
  const stopWith = async (code: number, farewell?: string): Promise<void> => {
    stage?.kill();
    await stage?.ended;
    if (farewell !== undefined) print(farewell);
    process.exit(code);
  };
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(signals))
    process.once(signal, () => void stopWith(code, "\nStopped. Nothing is left of the demo."));
  // Whoever reads along has left: npm run demo | head.
  process.stdout.on("error", () => void stopWith(1));

  print(`${paint.bold("4over6: IPv4 over IPv6 over TCP")}, with the code of ${options.from}`);
  const end = await playDemo(options, {
    onLink: (link, why) => {
      played = link;
      narrate = createNarrator({ link, paint, print });
      if (why !== undefined) tellWhyMemory(why);
    },
    onEvent: (event) => {
      narrate?.(event);
      jury.hear(event);
      const { pcap } = options;
      if (event.kind === "recorded" && pcap !== undefined) recordings = recordings.then(() => keepRecording(event, pcap));
    },
    onStage: (latest) => {
      stage = latest;
    },
  });
  await recordings;
  return end.kind === "finished" ? announce(jury.proofs(), played, paint) : tellFailure(end, options, paint);
}

function tellWhyMemory(why: string): void {
  print("");
  for (const line of wrap(
    `No real TUN devices here: ${clause(why)}. So links in memory take their place; everything else is the same. docs/platforms.md#linux says what would help.`,
    width,
  ))
    print(line);
}

/** What was proven. Returns the exit code. */
function announce(
  proofs: ReturnType<ReturnType<typeof createJury>["proofs"]>,
  link: DemoLink | undefined,
  paint: typeof Chalk.prototype,
): number {
  print(`\n${paint.bold("What it proves")}\n`);
  for (const { ok, text } of proofs) {
    const [first = "", ...more] = wrap(text, width - 8);
    print(`   ${ok ? paint.green("ok") : paint.red("NO")}  ${first}`);
    for (const line of more) print(`       ${line}`);
  }
  const ok = proofs.every((proof) => proof.ok);
  const made = link === "memory" ? "server and client have stopped" : "networks and processes are gone";
  print(ok ? `\nNothing is left of it: ${made}.` : "\nNot everything was proven.");
  return ok ? 0 : 1;
}

function tellFailure(end: Exclude<StageEnd, { kind: "finished" }>, { from }: DemoOptions, paint: typeof Chalk.prototype): number {
  print("");
  const sentence = end.kind === "unavailable" ? `This cannot be had here: ${clause(end.why)}.` : end.why;
  for (const line of wrap(sentence, width)) print(paint.red(line));
  if (end.kind === "failed") for (const line of end.details) print(`   ${line}`);
  if (end.kind === "failed" && from !== "reference")
    print(`\nThe checks say more: npm run check${from === "labs" ? "" : ` -- --from ${from}`}`);
  return 1;
}

/** Some reasons are whole sentences. */
function clause(why: string): string {
  return why.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()).replace(/\.$/, "");
}

/** NO_COLOR and `--no-color` turn colours off, FORCE_COLOR on; without a terminal there are none. */
function painter(color: boolean) {
  const forced = process.env["FORCE_COLOR"] !== undefined && process.env["FORCE_COLOR"] !== "0";
  const wanted = color && !process.env["NO_COLOR"] && (forced || (process.stdout.isTTY && supportsColor !== false));
  return new Chalk({ level: wanted ? (supportsColor === false ? 1 : supportsColor.level) : 0 });
}

try {
  const options = readDemoOptions(process.argv.slice(2));
  if (options === "help") print(demoHelp);
  else process.exitCode = await demo(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
