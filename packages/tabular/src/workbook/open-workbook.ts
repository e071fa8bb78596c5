import type { Readable } from 'node:stream';

import { CodedError } from '@kezi/contract/errors';
import { open, type Entry, type ZipFile } from 'yauzl';

import { MAX_WORKBOOK_BYTES, MAX_WORKBOOK_RATIO, RATIO_FREE_BYTES } from '../limits.js';

/** A workbook's package, opened and found to be within bounds. */
export interface WorkbookPackage {
  has: (part: string) => boolean;
  sizeOf: (part: string) => number;
  read: (part: string) => Promise<Readable>;
  close: () => void;
}

/** An honest workbook has some hundred parts at most (a sheet, a drawing, a picture each). */
const MAX_PARTS = 10_000;

/**
 * Opens an .xlsx. From the directory alone, before anything is unpacked: over 200 MB unpacked, a part packed more than 50
 * times, macros, encryption and packages without a workbook are refused. The zip reader holds parts to the sizes stated.
 */
export async function openWorkbook(path: string): Promise<WorkbookPackage> {
  const zip = await openZip(path);
  try {
    const parts = await listParts(zip);
    refuseUnsafe(parts);
    return {
      has: (part) => parts.has(part),
      sizeOf: (part) => parts.get(part)?.uncompressedSize ?? 0,
      read: (part) => readPart(zip, parts, part),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

export function broken(cause: unknown): CodedError {
  if (cause instanceof CodedError) return cause;
  return new CodedError('tabular.workbook_broken', {}, { cause });
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(broken(error));
    });
  });
}

function listParts(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, Entry>();
    if (zip.entryCount > MAX_PARTS) {
      reject(new CodedError('tabular.workbook_too_large', { limit: '200 MB' }));
      return;
    }
    zip.on('entry', (entry: Entry) => {
      parts.set(entry.fileName.replace(/^\//, ''), entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(parts));
    zip.on('error', (error: unknown) => reject(broken(error)));
    zip.readEntry();
  });
}

function refuseUnsafe(parts: ReadonlyMap<string, Entry>): void {
  if (parts.has('EncryptedPackage') || [...parts.values()].some((entry) => entry.isEncrypted())) {
    throw new CodedError('tabular.workbook_encrypted', {});
  }
  if (!parts.has('xl/workbook.xml')) {
    const format = parts.has('word/document.xml')
      ? 'DOCX'
      : parts.has('content.xml')
        ? 'ODS'
        : parts.has('xl/workbook.bin')
          ? 'XLSB'
          : 'ZIP';
    throw new CodedError('tabular.unsupported_format', { format });
  }
  let total = 0;
  for (const [name, entry] of parts) {
    if (/vbaproject\.bin$/i.test(name) || /^xl\/macrosheets\//i.test(name)) {
      throw new CodedError('tabular.workbook_macro', {});
    }
    total += entry.uncompressedSize;
    const large = entry.uncompressedSize > RATIO_FREE_BYTES;
    if (large && entry.uncompressedSize > entry.compressedSize * MAX_WORKBOOK_RATIO) {
      throw new CodedError('tabular.workbook_bomb', { ratio: MAX_WORKBOOK_RATIO });
    }
  }
  if (total > MAX_WORKBOOK_BYTES) throw new CodedError('tabular.workbook_too_large', { limit: '200 MB' });
}

function readPart(zip: ZipFile, parts: ReadonlyMap<string, Entry>, part: string): Promise<Readable> {
  const entry = parts.get(part);
  if (entry === undefined) return Promise.reject(new CodedError('tabular.workbook_broken', {}));
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error === null) resolve(stream);
      else reject(broken(error));
    });
  });
}
