import { Transform } from "node:stream";
import { UnreadableSubmission } from "./unreadable-submission.ts";

const block = 512;

/** Bytes of a header that only says more of the next entry: a long name, most often. */
const longest = 64 * 1024;

/** Where a header has its size and its type (POSIX ustar). */
const sizeAt = { from: 124, to: 136 };
const typeAt = 156;

/** Long names of GNU tar, and the headers of pax: for the next entry, and for all that follow. */
const longTypes = new Set(Array.from("KLNgx", (letter) => letter.charCodeAt(0)));
const folderType = "5".charCodeAt(0);

/**
 * Lets a tar archive pass, and walks from header to header: what the reader keeps in memory, and looks at again with each entry, is
 * small, and where the next header stands is said once. Otherwise the stream ends with an error.
 */
export function checkTarHeaders(): Transform {
  /** Bytes of the header, or of what it says more, that are there already. */
  let kept: Uint8Array[] = [];
  let missing = block;
  let reads: "header" | "more" = "header";
  let skip = 0;

  function walk(chunk: Uint8Array): void {
    for (let rest = chunk; rest.length > 0; ) {
      if (skip > 0) {
        const step = Math.min(skip, rest.length);
        skip -= step;
        rest = rest.subarray(step);
        continue;
      }
      const part = rest.subarray(0, missing);
      kept.push(part);
      missing -= part.length;
      rest = rest.subarray(part.length);
      if (missing === 0) {
        const whole = Buffer.concat(kept);
        kept = [];
        missing = block;
        if (reads === "header") readHeader(whole);
        else readMore(whole);
      }
    }
  }

  function readHeader(header: Buffer): void {
    const size = sizeOf(header.subarray(sizeAt.from, sizeAt.to));
    const padded = Math.ceil(size / block) * block;
    const type = header[typeAt] ?? 0;
    if (longTypes.has(type) && size > 0) {
      if (size > longest) throw new UnreadableSubmission("is a tar archive with a header of more than 64 KiB");
      reads = "more";
      missing = size;
      skip = 0;
    } else skip = type === folderType ? 0 : padded;
  }

  function readMore(more: Buffer): void {
    if (more.includes(" size=")) throw new UnreadableSubmission("is a tar archive that tells the size of a file twice");
    reads = "header";
    skip = (block - (more.length % block)) % block;
  }

  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      try {
        walk(chunk);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

/** Octal digits, as every tar writes what is below 8 GiB. */
function sizeOf(field: Buffer): number {
  const digits = /^ *\0*([0-7]*)(?:$|[ \0])/.exec(field.toString("latin1"))?.[1];
  if (digits === undefined) throw new Error("the size of an entry is no number");
  return digits === "" ? 0 : Number.parseInt(digits, 8);
}
