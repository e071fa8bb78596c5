import type { Readable } from 'node:stream';

const block = 512;

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

/** The header of one file in a tar archive (ustar). Names are ours: ASCII, at most 100 characters. */
function header(name: string, size: number, seconds: number): Buffer {
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0, 100, 'ascii');
  bytes.write(octal(0o600, 8), 100);
  bytes.write(octal(0, 8), 108);
  bytes.write(octal(0, 8), 116);
  bytes.write(octal(size, 12), 124);
  bytes.write(octal(seconds, 12), 136);
  bytes.write('        ', 148);
  bytes.write('0', 156);
  bytes.write('ustar\0', 257);
  bytes.write('00', 263);
  let sum = 0;
  for (const byte of bytes) sum += byte;
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

const padding = (size: number): Buffer => Buffer.alloc((block - (size % block)) % block);

/** One file of an archive, of a size that is known before its bytes are. */
export async function* tarFile(
  name: string,
  size: number,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  seconds: number,
): AsyncGenerator<Buffer> {
  yield header(name, size, seconds);
  let written = 0;
  for await (const chunk of content) {
    written += chunk.length;
    yield chunk;
  }
  if (written !== size) throw new Error(`${name} has ${written} bytes instead of ${size}.`);
  yield padding(size);
}

/** What closes an archive. */
export const tarEnd = Buffer.alloc(2 * block);

/** Bytes out of a stream in the portions that are asked for. */
class ByteReader {
  #rest: Buffer = Buffer.alloc(0);
  readonly #source: AsyncIterator<Buffer>;

  constructor(stream: Readable) {
    this.#source = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** At least one byte and at most `most`; null at the end. */
  async some(most: number): Promise<Buffer | null> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done) return null;
      this.#rest = next.value;
    }
    const part = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(part.length);
    return part;
  }

  async exactly(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = size; left > 0;) {
      const part = await this.some(left);
      if (part === null) throw new Error('The archive ends in the middle.');
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
}

export interface TarEntry {
  name: string;
  size: number;
  /** To be read to its end before the next entry is asked for. */
  content: () => AsyncGenerator<Buffer>;
}

/** The files of an archive, one after another, without holding more than a portion in memory. */
export async function* readTar(stream: Readable): AsyncGenerator<TarEntry> {
  const reader = new ByteReader(stream);
  for (;;) {
    const bytes = await reader.exactly(block);
    if (bytes.every((byte) => byte === 0)) return;
    const name = bytes.toString('ascii', 0, 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(bytes.toString('ascii', 124, 135), 8);
    if (!Number.isSafeInteger(size)) throw new Error('The archive is damaged.');
    const state = { read: false };
    yield {
      name,
      size,
      async *content() {
        state.read = true;
        for (let left = size; left > 0;) {
          const part = await reader.some(left);
          if (part === null) throw new Error('The archive ends in the middle.');
          left -= part.length;
          yield part;
        }
        await reader.exactly(padding(size).length);
      },
    };
    if (!state.read) await reader.exactly(size + padding(size).length);
  }
}
