import type { ImportKind } from '@kezi/contract';

import { guessColumns } from '../columns/guess-columns.js';
import type { TabularWarning } from '../tabular-row.js';
import type { SniffedColumn } from './sniffed-file.js';

const SAMPLES = 5;

/** Columns with a name each, samples, and the field they are taken for. Empty and repeated headers get a number. */
export function nameColumns(
  headers: readonly string[] | null,
  sampleRows: readonly (readonly string[])[],
  width: number,
  kind: ImportKind,
): { columns: SniffedColumn[]; warnings: TabularWarning[] } {
  const warnings: TabularWarning[] = [];
  // '_line' is the column that toUtf8Csv adds.
  const used = new Set(['_line']);
  const guesses = new Map(guessColumns(headers, sampleRows, kind).map((guess) => [guess.index, guess]));
  const columns = Array.from({ length: width }, (_, index): SniffedColumn => {
    const header = cleanHeader(headers?.[index] ?? '');
    const wanted = header === '' ? `column_${index + 1}` : header;
    let name = wanted;
    for (let number = 2; used.has(name.toLowerCase()); number += 1) name = `${wanted}_${number}`;
    used.add(name.toLowerCase());
    if (header !== '' && name !== wanted)
      warnings.push({ code: 'tabular.header_repeated', params: { name: wanted } });
    const cells = sampleRows.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== '');
    return { index, name, samples: [...new Set(cells)].slice(0, SAMPLES), guess: guesses.get(index) ?? null };
  });
  return { columns, warnings };
}

function cleanHeader(header: string): string {
  return header
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
