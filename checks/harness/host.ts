import { NotImplemented } from "#kit/not-implemented.ts";
import type { Argument, Call, Channel, Handle, Outcome } from "./channel.ts";
import { copyToPlain } from "./plain.ts";
import { isFactory, type MemberShapes, type Shape } from "./shape.ts";
import { describeThrown } from "./thrown-error.ts";

/** How to get at each member of a lab. Each is imported by itself, so that a file that cannot be loaded costs its own checks only. */
export type Members<T> = { readonly [Key in keyof T]: () => Promise<T[Key]> };

/** Stands around every input, and is written over it after the call: who reads past the end, or kept a view instead of a copy, reads this. */
const scribble = 0xa5;

/** Bytes in front of and behind each input. Real packets are views into larger buffers too, so `bytes.buffer` alone is never right. */
const margin = 3;

/**
 * The lab's side of a channel: looks the function up, lends it the arguments, takes a plain copy of what it returns, and spoils the
 * arguments that were lent.
 */
export function createHost<T>(load: Members<T>, shape: MemberShapes): Channel {
  const loaded = new Map<string, Promise<unknown>>();
  const made: { readonly object: object; readonly shape: MemberShapes }[] = [];

  async function perform(call: Call): Promise<Outcome> {
    const lent: Uint8Array[] = [];
    try {
      const { holder, name, member } = await find(call);
      const called: unknown = holder[name];
      if (typeof called !== "function") throw new TypeError(`The lab has no function ${call.member}.`);
      const args = call.args.map((argument) => lend(argument, lent));
      const result: unknown = called.apply(holder, args);
      if (isFactory(member)) {
        if (typeof result !== "object" || result === null) throw new TypeError(`${call.member} returned ${String(result)}, not an object.`);
        made.push({ object: result, shape: member.makes });
        return { kind: "made", handle: made.length - 1 };
      }
      return { kind: "returned", value: copyToPlain(result, `what ${call.member} returned`) };
    } catch (error) {
      if (error instanceof NotImplemented) return { kind: "not-started", message: error.message };
      return { kind: "threw", error: describeThrown(error) };
    } finally {
      for (const bytes of lent) bytes.fill(scribble);
    }
  }

  async function find(call: Call): Promise<{ holder: Record<string, unknown>; name: string; member: Shape }> {
    const path = call.member.split(".");
    const name = path.pop() ?? "";
    if (call.on !== undefined) {
      const object = made[call.on];
      if (object === undefined) throw new Error(`There is no object number ${call.on}.`);
      return { holder: object.object as Record<string, unknown>, name, member: object.shape[name] ?? "call" };
    }
    const [first] = path;
    if (first === undefined) {
      return { holder: { [name]: await loadOnce(name) }, name, member: shape[name] ?? "call" };
    }
    const holder = await loadOnce(first);
    if (typeof holder !== "object" || holder === null) throw new TypeError(`The lab has no ${first} object with ${name}.`);
    return { holder: holder as Record<string, unknown>, name, member: "call" };
  }

  function loadOnce(name: string): Promise<unknown> {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const loading = load[name as keyof T]();
    loaded.set(name, loading);
    return loading;
  }

  /** A copy for the lab to read during the call, in which handles are the objects that they name. */
  function lend(argument: Argument, lent: Uint8Array[]): unknown {
    if (typeof argument !== "object" || argument === null) return argument;
    if (argument instanceof Uint8Array) {
      const buffer = new Uint8Array(argument.length + 2 * margin).fill(scribble);
      buffer.set(argument, margin);
      lent.push(buffer);
      return buffer.subarray(margin, margin + argument.length);
    }
    if (Array.isArray(argument)) return argument.map((item: Argument) => lend(item, lent));
    if (isHandle(argument)) return made[argument.handle]?.object;
    return Object.fromEntries(Object.entries(argument).map(([key, value]) => [key, lend(value, lent)]));
  }

  // One call at a time: a member that is still being imported must not be overtaken.
  let last: Promise<unknown> = Promise.resolve();
  return (call) => {
    const outcome = last.then(() => perform(call));
    last = outcome;
    return outcome;
  };
}

function isHandle(argument: object): argument is Handle {
  return "handle" in argument && Object.keys(argument).length === 1;
}
