import { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import type { Call, Channel } from "#checks/harness/channel.ts";
import { createHost, type Members } from "#checks/harness/host.ts";
import type { MemberShapes } from "#checks/harness/shape.ts";
import { describeThrown } from "#checks/harness/thrown-error.ts";
import { createLineReader } from "./lines.ts";
import { type Answer, type Request, writeAnswer } from "./messages.ts";
import { decodeValue } from "./wire-value.ts";

/** The grader is trusted. */
const noBounds = { depth: Number.POSITIVE_INFINITY, values: Number.POSITIVE_INFINITY };

/** The file descriptor on which the grader asks, and hears. Standard output and error are the lab's own. */
export const talkDescriptor = 3;

/**
 * The lab's side in a process of its own: carries out what the grader asks for, one request after the other. It knows no check and no
 * expected value. It ends when the grader does.
 */
export function drive(members: Members<Record<string, unknown>>): void {
  const talk = new Socket({ fd: talkDescriptor, readable: true, writable: true });
  // Taken before the lab's code can change them.
  const { parse } = JSON;
  const lines = createLineReader(Number.POSITIVE_INFINITY);
  let shape: MemberShapes = {};
  let usable = members;
  let host: Channel | undefined;
  let exam: string | undefined;

  const say = (answer: Answer) => void talk.write(`${writeAnswer(answer)}\n`);

  async function answer(request: Request): Promise<void> {
    const { id } = request;
    switch (request.ask) {
      case "start":
        shape = request.shape;
        usable = withoutBroken(members, request.broken);
        break;
      case "load":
        // A member that fails to load is told by the checks that need it.
        await usable[request.member]?.().catch(() => {});
        break;
      case "begin":
        host = createHost(usable, shape);
        exam = id;
        break;
      case "call":
        if (host === undefined) return;
        return say({ kind: "outcome", id, outcome: await host(withArguments(request.call)) });
      case "pass":
        break;
      case "finish":
        await setImmediate();
        exam = undefined;
        break;
      default:
        request satisfies never;
    }
    say({ kind: "done", id });
  }

  process.on("uncaughtException", (error: unknown) => {
    if (exam !== undefined) say({ kind: "stray", id: exam, error: describeThrown(error) });
  });
  talk.on("data", (chunk: Uint8Array) => {
    for (const line of lines.push(chunk) ?? []) void answer(parse(line) as Request);
  });
  talk.on("error", () => process.exit());
  talk.on("close", () => process.exit());
}

function withArguments({ args, ...call }: Call): Call {
  return { ...call, args: args.map((argument) => decodeValue(argument, noBounds)) };
}

function withoutBroken(members: Members<Record<string, unknown>>, broken: Readonly<Record<string, string>>): typeof members {
  return Object.fromEntries(
    Object.entries(members).map(([name, load]) => {
      const reason = broken[name];
      return [name, reason === undefined ? load : () => Promise.reject(new Error(reason))];
    }),
  );
}
