import type { Argument, Call, Channel, Handle, ThrownError } from "./channel.ts";
import { isFactory, isFunction, type MemberShapes, type Shape } from "./shape.ts";

// biome-ignore format: one line a case
/**
 * A contract as a check sees it: the same members, each answer a promise. Objects that the lab makes are mirrored too, and can be given
 * back to it as arguments.
 */
export type Subject<T> =
  T extends (...args: infer Args) => infer Result ? (...args: { [I in keyof Args]: Given<Args[I]> }) => Promise<Answer<Awaited<Result>>> : { readonly [Key in keyof T]: Subject<T[Key]> };

/** Results without behaviour come as they are, others as mirrors. */
type Answer<T> = T extends Uint8Array | readonly unknown[] | string | number | boolean | undefined | null | void
  ? T
  : true extends { [Key in keyof T]: T[Key] extends (...args: never[]) => unknown ? true : false }[keyof T]
    ? Subject<T>
    : T;

/** An argument may be the contract's own type, or the mirror of an object that the lab made. */
type Given<T> = Answer<T> | (T extends object ? { readonly [Key in keyof T]: Answer<T[Key]> } : T);

/** The lab threw where it should have answered. */
export class SubjectThrew extends Error {
  override readonly name = "SubjectThrew";
  readonly call: string;
  readonly thrown: ThrownError;
  constructor(call: string, thrown: ThrownError) {
    super(`${call} threw ${thrown.name}: ${thrown.message}`);
    this.call = call;
    this.thrown = thrown;
  }
}

/** The lab gave no answer that could be judged: a function is missing, its file does not load, or what it returned is no plain data. */
export class SubjectUnusable extends Error {
  override readonly name = "SubjectUnusable";
  readonly thrown: ThrownError | undefined;
  constructor(message: string, thrown?: ThrownError) {
    super(message);
    this.thrown = thrown;
  }
}

/** The lab has not begun this part. */
export class NotStarted extends Error {
  override readonly name = "NotStarted";
}

const handles = new WeakMap<object, Handle>();

/** The mirror of a lab that is reached over `channel`. */
export function mirror<T>(shape: MemberShapes, channel: Channel): Subject<T> {
  return members(shape, channel, "", undefined) as Subject<T>;
}

function members(shape: MemberShapes, channel: Channel, prefix: string, on: number | undefined): object {
  return Object.fromEntries(Object.entries(shape).map(([name, inner]) => [name, member(inner, channel, prefix + name, on)]));
}

function member(shape: Shape, channel: Channel, name: string, on: number | undefined): unknown {
  if (!isFunction(shape)) return members(shape, channel, `${name}.`, on);
  return async (...args: readonly unknown[]) => {
    const call: Call = { member: name, args: args.map(withHandles), ...(on === undefined ? {} : { on }) };
    const outcome = await channel(call);
    switch (outcome.kind) {
      case "returned":
        return outcome.value;
      case "made": {
        const made = members(isFactory(shape) ? shape.makes : {}, channel, "", outcome.handle);
        handles.set(made, { handle: outcome.handle });
        return made;
      }
      case "threw":
        throw new SubjectThrew(name, outcome.error);
      case "not-started":
        throw new NotStarted(outcome.message);
      case "unusable":
        throw new SubjectUnusable(outcome.message, outcome.thrown);
      default:
        return outcome satisfies never;
    }
  };
}

/** The argument, with a handle wherever a mirror stands in it. */
function withHandles(argument: unknown): Argument {
  if (typeof argument !== "object" || argument === null || argument instanceof Uint8Array) return argument as Argument;
  const handle = handles.get(argument);
  if (handle !== undefined) return handle;
  if (Array.isArray(argument)) return argument.map(withHandles);
  return Object.fromEntries(Object.entries(argument).map(([key, value]) => [key, withHandles(value)]));
}
