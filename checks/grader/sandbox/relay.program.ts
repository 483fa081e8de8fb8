// Stands in the network of a sandbox, and connects there for the grader. It is told what to do on its standard input, tells what comes on
// its standard output, and looks into nothing. Nobody in the sandbox sees it.
import { type LoopbackConnection, ownLoopback } from "#checks/harness/loopback.ts";
import { createFrameReader, type Frame, writeFrame } from "./relay-frames.ts";

const connections = new Map<number, LoopbackConnection>();

/** Whether the grader can take more. When not, nothing is read of anybody. */
function tell(frame: Frame): void {
  if (process.stdout.write(writeFrame(frame))) return;
  for (const connection of connections.values()) connection.pause();
  process.stdout.once("drain", () => {
    for (const [id, connection] of connections) if (!paused.has(id)) connection.resume();
  });
}

/** The connections that the grader does not want to read. */
const paused = new Set<number>();

function perform({ kind, id, bytes }: Frame): void {
  const connection = connections.get(id);
  switch (kind) {
    case "open": {
      const { host, port }: { readonly host: string; readonly port: number } = JSON.parse(Buffer.from(bytes).toString("utf8"));
      const opened = ownLoopback.connect(host, port, {
        onOpen: () => tell({ kind: "opened", id, bytes: new Uint8Array() }),
        onData: (chunk) => tell({ kind: "data", id, bytes: chunk }),
        onClose: () => {
          connections.delete(id);
          paused.delete(id);
          tell({ kind: "closed", id, bytes: new Uint8Array() });
        },
      });
      connections.set(id, opened);
      return;
    }
    case "data":
      return connection?.write(bytes);
    case "finish":
      return connection?.finish();
    case "reset":
      return connection?.reset();
    case "pause":
      paused.add(id);
      return connection?.pause();
    case "resume":
      paused.delete(id);
      return connection?.resume();
    case "works":
      void ownLoopback
        .works(Buffer.from(bytes).toString("utf8"))
        .then((works) => tell({ kind: "works", id, bytes: Uint8Array.of(works ? 1 : 0) }));
      return;
    case "pass":
      // As many milliseconds as there are bytes.
      setTimeout(() => tell({ kind, id, bytes: new Uint8Array() }), bytes.length);
      return;
    case "opened":
    case "closed":
      return;
    default:
      kind satisfies never;
  }
}

const frames = createFrameReader();
process.stdin.on("data", (chunk: Uint8Array) => {
  for (const frame of frames(chunk)) perform(frame);
});
process.stdin.on("end", () => process.exit());
process.stdout.on("error", () => process.exit());
