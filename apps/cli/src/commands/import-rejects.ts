import { createWriteStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ImportBatch, ImportRowErrorPage } from '@kezi/contract';
import { CodedError, messageOf, type Language } from '@kezi/contract/errors';
import { csvLine } from '@kezi/tabular';
import type { ServerClient } from '../server-client.js';

const rowsATime = 200;

/** Refused before anything is sent: a workbook under another name opens nowhere. */
export function refuseUnknownEnding(file: string | undefined): void {
  if (file !== undefined && !['.xlsx', '.csv'].includes(extname(file).toLowerCase())) {
    throw new CodedError('cli.rejects_ending', { file });
  }
}

/** The columns of the source, then line, column and reason, as the workbook has them. */
async function* csvOf(client: ServerClient, batch: ImportBatch, language: Language): AsyncGenerator<string> {
  const columns = batch.columns.map(({ name }) => name);
  const reasons = (['tabular.error_line', 'tabular.error_column', 'tabular.error_reason'] as const).map(
    (code) => messageOf(code, {}, language),
  );
  // Without the mark spreadsheet programs take UTF-8 for the machine's own encoding.
  yield `\uFEFF${csvLine([...columns, ...reasons])}`;
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: String(rowsATime), ...(cursor === null ? {} : { cursor }) });
    const page: ImportRowErrorPage = await client.call(
      'GET',
      `/imports/${batch.importBatchId}/errors?${query.toString()}`,
    );
    for (const { line, column, detail, cells } of page.items) {
      yield csvLine([...columns.map((_, index) => cells[index] ?? ''), line, column, detail]);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** Writes the rows that were not taken in: CSV where the name says so, else the workbook. */
export async function writeRejects(
  client: ServerClient,
  batch: ImportBatch,
  file: string,
  language: Language,
): Promise<void> {
  if (extname(file).toLowerCase() === '.csv') {
    await pipeline(csvOf(client, batch, language), createWriteStream(file));
    return;
  }
  await client.download(`/imports/${batch.importBatchId}/errors.xlsx`, (body) =>
    pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(file)),
  );
}
