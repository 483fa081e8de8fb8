import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { RandomAccessReader } from "yauzl";

const step = 64 * 1024;

/**
 * Reads an archive where the archive itself says. A place that is none in it is an error like others: for the operating system it would be a
 * mistake of this program, thrown where nobody catches it.
 */
export class ArchiveReader extends RandomAccessReader {
  readonly #file: FileHandle;
  readonly #size: number;

  constructor(file: FileHandle, size: number) {
    super();
    this.#file = file;
    this.#size = size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null, bytesRead?: number) => void,
  ): void {
    if (!(position >= 0 && position + length <= this.#size)) {
      setImmediate(done, new Error("it leads to a place outside of itself"));
      return;
    }
    this.#file.read(buffer, offset, length, position).then(
      ({ bytesRead }) => setImmediate(done, null, bytesRead),
      (error: Error) => setImmediate(done, error),
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#range(start, end), { objectMode: false });
  }

  async *#range(start: number, end: number): AsyncGenerator<Buffer> {
    for (let position = start; position < end; ) {
      const buffer = Buffer.alloc(Math.min(step, end - position));
      const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) throw new Error("it ends too early");
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
  }
}
