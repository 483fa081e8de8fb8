import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Endpoint, parseEndpoint } from "#devices/endpoint.ts";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { ServerFigures, SoakNews } from "./figures.ts";

/** The server under test, as a process of its own. */
export type ServerInSoak = {
  readonly address: Endpoint;
  readonly measure: () => Promise<ServerFigures>;
  /** Why it has ended, and what it said, if it has. */
  readonly ending: () => string | undefined;
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts the kit's own server, made of the labs in `from`. */
export async function startServer(from: string): Promise<ServerInSoak> {
  const { file } = await bundle(join(root, "checks/end-to-end/soak/soak-server.program.ts"), implementationFrom(from));
  const child = spawn(process.execPath, ["--expose-gc", "--enable-source-maps", file], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let complaints = "";
  let ending: string | undefined;
  child.stderr?.on("data", (text: Buffer) => {
    complaints = (complaints + text.toString()).slice(-4096);
  });
  const ended = new Promise<void>((resolve) => {
    child.on("close", (code, signal) => {
      const how = signal === null ? `exit code ${code}` : `killed by ${signal}`;
      ending = [how, complaints.trim()].filter((words) => words !== "").join("\n");
      resolve();
    });
  });

  /** The next message; rejects when the process ends instead. */
  async function news<Kind extends SoakNews["kind"]>(kind: Kind): Promise<Extract<SoakNews, { kind: Kind }>> {
    const [message] = (await Promise.race([once(child, "message"), ended.then(() => [])])) as readonly SoakNews[];
    if (message?.kind === kind) return message as Extract<SoakNews, { kind: Kind }>;
    throw new Error(`The server has ended: ${ending ?? "it speaks another language"}`);
  }

  const { address } = await news("listening");
  return {
    address: parseEndpoint(address),
    measure: async () => {
      const reply = news("figures");
      child.send("measure");
      return (await reply).figures;
    },
    ending: () => ending,
    ended,
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
