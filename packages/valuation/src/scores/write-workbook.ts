import { CodedError } from '@kezi/contract/errors';
import { inertCell, openWorkbookWriter } from '@kezi/tabular';
import type { Engine } from '../engine/engine.js';
import { SCORE_COLUMNS } from './customer-score.js';

/** Rows of a worksheet, its header line taken off. */
const MOST_ROWS = 1_048_575;

/** Streams the scores into a worksheet. CodedError valuation.too_many_rows_for_xlsx when they do not fit. */
export async function writeWorkbook(engine: Engine, query: string, path: string): Promise<void> {
  const [count] = await engine.numbers('SELECT CAST(count(*) AS DOUBLE) FROM customer_feature');
  const rows = count?.[0] ?? 0;
  if (rows > MOST_ROWS) throw new CodedError('valuation.too_many_rows_for_xlsx', { rows, limit: MOST_ROWS });
  const workbook = await openWorkbookWriter({ to: path });
  const sheet = workbook.addWorksheet('customers');
  sheet.addRow([...SCORE_COLUMNS]).commit();
  const numeric = SCORE_COLUMNS.map((name) =>
    isText(name) ? `CAST(${name} AS VARCHAR)` : `CAST(${name} AS DOUBLE)`,
  );
  for await (const chunk of engine.stream(`SELECT ${numeric.join(', ')} FROM (${query})`)) {
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

function isText(name: (typeof SCORE_COLUMNS)[number]): boolean {
  return name === 'customer_id' || name.endsWith('_on') || name.startsWith('rfm');
}
