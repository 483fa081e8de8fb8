import type { Argument, Call, Channel, Handle, Outcome } from "./channel.ts";
import { createResultMemory } from "./given-results.ts";
import { loadFailure } from "./load-failure.ts";
import { copyToPlain, NotPlain } from "./plain.ts";
import { isFactory, type MemberShapes, type Shape } from "./shape.ts";
import { describeThrown } from "./thrown-error.ts";

/** How to get at each member of a lab. Each is imported by itself, so that a file that cannot be loaded costs its own checks only. */
export type Members<T> = { readonly [Key in keyof T]: () => Promise<T[Key]> };

/** Stands around every input, and is written over it after the call: who reads past the end, or kept a view instead of a copy, reads this. */
const scribble = 0xa5;

/** Bytes in front of and behind each input. Real packets are views into larger buffers too, so `bytes.buffer` alone is never right. */
const margin = 3;

/** A function of the lab's, and the object that it is called on. */
type Found = { readonly holder: object; readonly called: (...args: unknown[]) => unknown; readonly shape: Shape };

/**
 * The lab's side of a channel: looks the function up, lends it the arguments, takes a plain copy of what it returns, and spoils the
 * arguments that were lent. What it returned before must be as it was: that belongs to the caller.
 */
export function createHost<T>(load: Members<T>, shape: MemberShapes): Channel {
  const loaded = new Map<string, Promise<unknown>>();
  const made: { readonly object: object; readonly shape: MemberShapes; readonly by: string }[] = [];
  const given = createResultMemory();

  async function perform(call: Call): Promise<Outcome> {
    const found = await find(call);
    if ("kind" in found) return found;
    const lent: Uint8Array[] = [];
    let result: unknown;
    let outcome: Outcome;
    try {
      const args = call.args.map((argument) => lend(argument, lent));
      const returned = found.called.apply(found.holder, args);
      result = found.shape === "promise" ? await returned : returned;
      outcome = answer(call.member, found.shape, result);
    } catch (error) {
      outcome = notStarted(error) ?? { kind: "threw", error: describeThrown(error) };
    }
    const changed = given.changedBy(call.member);
    for (const bytes of lent) bytes.fill(scribble);
    if (outcome.kind !== "returned") return outcome;
    if (changed !== undefined) return { kind: "unusable", message: changed };
    // Not before the arguments are spoilt: a result may be a view into them, which the contracts allow.
    given.remember(call.member, result);
    return outcome;
  }

  /** The function that a call names: from the lab's own members, or from an object that the lab made. */
  async function find({ on, member }: Call): Promise<Found | Outcome> {
    const [first = "", ...rest] = member.split(".");
    const origin = on === undefined ? undefined : made[on];
    if (on !== undefined && origin === undefined) throw new Error(`There is no object number ${on}.`);
    let holder: unknown = origin?.object;
    let called: unknown;
    let inner: Shape | undefined = (origin?.shape ?? shape)[first];
    try {
      called = origin === undefined ? await loadOnce(first) : (origin.object as Record<string, unknown>)[first];
    } catch (error) {
      return notStarted(error) ?? { kind: "unusable", message: loadFailure(first), thrown: describeThrown(error) };
    }
    const root = called;
    for (const name of rest) {
      holder = called;
      called = typeof holder === "object" && holder !== null ? (holder as Record<string, unknown>)[name] : undefined;
      inner = typeof inner === "object" && !isFactory(inner) ? inner[name] : undefined;
    }
    if (typeof called !== "function")
      return { kind: "unusable", message: functionMissing([first, ...rest], origin?.by, root !== undefined) };
    return { holder: holder as object, called: called as Found["called"], shape: inner ?? "call" };
  }

  function answer(member: string, shape: Shape, result: unknown): Outcome {
    if (isFactory(shape)) {
      if (typeof result !== "object" || result === null)
        return { kind: "unusable", message: `${member} returned ${String(result)}, and not an object` };
      made.push({ object: result, shape: shape.makes, by: member });
      return { kind: "made", handle: made.length - 1 };
    }
    if (result instanceof Promise) {
      // Nobody waits for it: its failure is not to take the process down.
      result.catch(() => {});
      return { kind: "unusable", message: `${member} returned a promise, and should answer at once` };
    }
    try {
      return { kind: "returned", value: copyToPlain(result, `what ${member} returned`) };
    } catch (error) {
      if (error instanceof NotPlain) return { kind: "unusable", message: error.message };
      throw error;
    }
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
    last = outcome.catch(() => {});
    return outcome;
  };
}

/** A skeleton's `NotImplemented`, by its name: the lab's bundle has a class of its own. */
function notStarted(error: unknown): Outcome | undefined {
  const { name, message } = describeThrown(error);
  return name === "NotImplemented" ? { kind: "not-started", message } : undefined;
}

/**
 * Says where a function is missing.
 *
 * @param path its name, behind those of the members that it should be found in
 * @param maker what made the object that it should belong to, if the lab made one
 * @param begun whether there is anything under the path's first name
 */
function functionMissing(path: readonly string[], maker: string | undefined, begun: boolean): string {
  if (maker !== undefined) return `what ${maker} returned has no function ${path.join(".")}`;
  const holders = path.slice(0, -1).join(".");
  if (holders === "") return `there is no function ${path[0]} in your code; is it exported?`;
  return begun ? `${holders} has no function ${path.at(-1)}` : `there is no ${path[0]} in your code; is it exported?`;
}

function isHandle(argument: object): argument is Handle {
  return "handle" in argument && Object.keys(argument).length === 1;
}
