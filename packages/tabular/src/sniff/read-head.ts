import { CodedError } from '@kezi/contract/errors';

import { openFile, readBytes } from '../bytes/read-bytes.js';
import { HEAD_BYTES } from '../limits.js';

/** The front of a file, unpacked, and a few probes from its middle and end for the encoding. */
export interface FileHead {
  compression: 'none' | 'gzip';
  bytes: Buffer;
  /** True where `bytes` is the whole file. */
  whole: boolean;
  /** Whole lines from places further on; empty for packed and for short files. */
  probes: Buffer[];
  sizeBytes: number;
  modifiedMs: number;
}

const PROBES = 16;
const PROBE_BYTES = 64 << 10;

/** Reads at most 1 MiB from the front and 1 MiB of probes. An empty file is `tabular.empty_file`. */
export async function readHead(path: string): Promise<FileHead> {
  const file = await openFile(path);
  try {
    const stat = await file.stat();
    if (stat.size === 0) throw new CodedError('tabular.empty_file', {});
    const magic = Buffer.alloc(2);
    await file.read(magic, 0, 2, 0);
    const compression = magic[0] === 0x1f && magic[1] === 0x8b ? 'gzip' : 'none';
    const front = await readFront(path, compression);
    const probes: Buffer[] = [];
    if (compression === 'none' && stat.size > 2 * HEAD_BYTES) {
      for (let probe = 1; probe <= PROBES; probe += 1) {
        const at = Math.floor(((stat.size - PROBE_BYTES) * probe) / PROBES);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, at);
        probes.push(wholeLines(buffer.subarray(0, bytesRead)));
      }
    }
    return { compression, ...front, probes, sizeBytes: stat.size, modifiedMs: stat.mtimeMs };
  } finally {
    await file.close();
  }
}

async function readFront(
  path: string,
  compression: 'none' | 'gzip',
): Promise<{ bytes: Buffer; whole: boolean }> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of readBytes(path, { compression })) {
    pieces.push(piece);
    size += piece.length;
    if (size > HEAD_BYTES) break;
  }
  return { bytes: Buffer.concat(pieces), whole: size <= HEAD_BYTES };
}

function wholeLines(bytes: Buffer): Buffer {
  const first = bytes.indexOf(0x0a);
  const last = bytes.lastIndexOf(0x0a);
  return first === -1 ? Buffer.alloc(0) : bytes.subarray(first + 1, last + 1);
}
