/**
 * A contract as data: which members are called, which answer by a promise, which make an object to call later. Types are gone at run
 * time, and a check may run in another process than the lab, so both sides agree on this.
 *
 *     { encodeMessage: "call", createMessageDecoder: { makes: { receive: "call" } }, ipv4Packet: { parse: "call", serialize: "call" } }
 */
export type Shape = "call" | "promise" | { readonly makes: MemberShapes } | MemberShapes;
export type MemberShapes = { readonly [member: string]: Shape };

// biome-ignore format: one line a case
/** The only shape that fits the contract `T`. */
export type ShapeOf<T> =
  T extends (...args: never[]) => infer Result
    ? Result extends Promise<unknown> ? "promise"
    : HasBehaviour<Result> extends true ? { readonly makes: { readonly [Key in keyof Result]: ShapeOf<Result[Key]> } } : "call"
    : { readonly [Key in keyof T]: ShapeOf<T[Key]> };

/** Whether an object of this type is one to call, rather than data. */
type HasBehaviour<T> = T extends Uint8Array | readonly unknown[] | string | number | boolean | undefined | null | void
  ? false
  : true extends { [Key in keyof T]: T[Key] extends (...args: never[]) => unknown ? true : false }[keyof T]
    ? true
    : false;

/** Whether `shape` is that of a factory. */
export function isFactory(shape: Shape): shape is { readonly makes: MemberShapes } {
  return typeof shape === "object" && "makes" in shape;
}

/** Whether `shape` is that of a function, of whatever kind, rather than of an object that holds some. */
export function isFunction(shape: Shape): shape is "call" | "promise" | { readonly makes: MemberShapes } {
  return typeof shape === "string" || isFactory(shape);
}
