import { counted } from "#kit/counted.ts";
import { dissect, type FoundField, type Layout } from "./layout.ts";

/**
 * A packet in words, one line a header: `IPv4  version 4  headerLength 5  …`. For failures about whole packets; what is left out is zero
 * or follows from the rest.
 */
export function describeBytes(bytes: Uint8Array, layout: Layout): readonly string[] {
  const lines: string[] = [];
  let current: Layout | undefined;
  for (const field of dissect(bytes, layout)) {
    const word = `${field.name} ${field.text}`;
    const line = lines.at(-1);
    if (field.layout !== current || line === undefined || line.length + word.length > 68) {
      lines.push(`${(field.layout === current ? "" : field.layout.name).padEnd(9)} ${word}`);
      current = field.layout;
    } else lines[lines.length - 1] = `${line}  ${word}`;
  }
  return lines.length > 0 ? lines : [`${counted(bytes.length, "byte")}, too few for ${layout.name}`];
}

/** `IPv4.headerChecksum` */
export function fieldName(field: FoundField): string {
  return `${field.layout.name}.${field.name}`;
}
