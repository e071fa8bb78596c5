import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mostTableRows, type ModelTable } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { isBlankRow, readRows, sniffFile } from '@kezi/tabular';

/** A file as it comes in: cut off where it is larger than it may be. */
interface FilePart {
  file: Readable & { truncated: boolean };
}

/**
 * The header and rows of a small file, CSV or workbook, as texts. It is kept while it is read and no longer.
 * @throws CodedError models.file_too_large, models.row_unreadable with the line, tabular.*
 */
export async function readTableFile({ file }: FilePart, signal: AbortSignal): Promise<ModelTable> {
  const folder = await mkdtemp(join(tmpdir(), 'kezi-table-'));
  try {
    const path = join(folder, 'table');
    await pipeline(file, createWriteStream(path), { signal });
    if (file.truncated) throw new CodedError('models.file_too_large');
    const sniffed = await sniffFile(path, { header: true });
    const rows: string[][] = [];
    for await (const batch of readRows(path, sniffed, { signal })) {
      const [broken] = batch.bad;
      if (broken !== undefined)
        throw new CodedError('models.row_unreadable', { line: broken.line, text: broken.text });
      for (const { cells } of batch.rows) if (!isBlankRow(cells)) rows.push([...cells]);
      if (rows.length > mostTableRows) break;
    }
    return { columns: sniffed.columns.map(({ name }) => name), rows: rows.slice(0, mostTableRows + 1) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
