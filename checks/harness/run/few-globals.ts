/**
 * The globals that labs use most, as TypeScript declarations: each as in `@types/node`, or narrower. Those declare hundreds more, and reading
 * them takes longer than all else that the type checker does for a lab.
 */
export const fewGlobals = `
declare const console: { [Name in "debug" | "dir" | "error" | "info" | "log" | "table" | "trace" | "warn"]: (message?: any, ...more: any[]) => void };
declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean | undefined; ignoreBOM?: boolean | undefined });
  decode(input?: ArrayBuffer | ArrayBufferView | null, options?: { stream?: boolean | undefined }): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
`;
