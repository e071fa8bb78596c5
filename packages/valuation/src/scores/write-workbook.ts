import { CodedError } from '@kezi/contract/errors';
import { inertCell, openWorkbookWriter } from '@kezi/tabular';
import type { Engine } from '../engine/engine.js';

/** Rows of a worksheet, its header line taken off. */
const MOST_ROWS = 1_048_575;

/** What goes into a worksheet. */
interface Sheet {
  query: string;
  /** A table with as many rows as the query. */
  countFrom: string;
  columns: readonly { name: string; isText: boolean }[];
}

/** Streams rows into a worksheet. CodedError valuation.too_many_rows_for_xlsx when they do not fit. */
export async function writeWorkbook(
  engine: Engine,
  { query, countFrom, columns }: Sheet,
  path: string,
): Promise<void> {
  const [count] = await engine.numbers(`SELECT CAST(count(*) AS DOUBLE) FROM ${countFrom}`);
  const rows = count?.[0] ?? 0;
  if (rows > MOST_ROWS) throw new CodedError('valuation.too_many_rows_for_xlsx', { rows, limit: MOST_ROWS });
  const workbook = await openWorkbookWriter({ to: path, timeless: true });
  const sheet = workbook.addWorksheet('customers');
  sheet.addRow(columns.map(({ name }) => name)).commit();
  const typed = columns.map(({ name, isText }) => `CAST(${name} AS ${isText ? 'VARCHAR' : 'DOUBLE'})`);
  for await (const chunk of engine.stream(`SELECT ${typed.join(', ')} FROM (${query})`)) {
    for (let i = 0; i < chunk.size; i++) {
      const cells = chunk.columns.map((column) => {
        const value = column[i] ?? null;
        if (typeof value === 'string') return inertCell(value);
        return Number.isNaN(value) ? null : value;
      });
      sheet.addRow(cells).commit();
    }
  }
  await workbook.commit();
}
