import type { Delimiter } from '@kezi/contract';

import { createRowSplitter } from '../delimited/split-rows.js';
import type { Row, RowBatch } from '../tabular-row.js';

interface DelimiterFit {
  delimiter: Delimiter;
  /** Cells of most rows. */
  width: number;
  /** Part of the rows that have so many. */
  share: number;
}

const CANDIDATES: readonly Delimiter[] = ['\t', ',', ';', '|'];

/** The rows of a piece of text, as they are, and what could not be split. */
export function splitSample(text: string, delimiter: Delimiter, quote: '"' | null): RowBatch {
  const batch: RowBatch = { rows: [], bad: [] };
  const splitter = createRowSplitter({ delimiter, quote, columns: null });
  splitter.push({ text, broken: false }, batch);
  splitter.end(batch);
  return batch;
}

/** The number of cells that most rows have, and how many of them. Wider wins a draw. */
export function commonWidth(rows: readonly Row[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1);
  let width = 1;
  let count = 0;
  for (const [candidate, rowsOfIt] of counts) {
    if (rowsOfIt > count || (rowsOfIt === count && candidate > width)) {
      width = candidate;
      count = rowsOfIt;
    }
  }
  return { width, share: rows.length === 0 ? 0 : count / rows.length };
}

/**
 * The delimiter that cuts most rows into the same number of cells, at least two. A comma that stands only between digits
 * is a decimal comma where semicolons fit. Runs of blanks are tried last; a file that nothing cuts has one column.
 */
export function detectDelimiter(text: string, quote: '"' | null): Delimiter {
  const fits = CANDIDATES.map((delimiter): DelimiterFit => {
    const { rows } = splitSample(text, delimiter, quote);
    return { delimiter, ...commonWidth(rows) };
  }).filter((fit) => fit.width > 1 && fit.share >= 0.5);
  const semicolon = fits.find((fit) => fit.delimiter === ';' && fit.share >= 0.9);
  const decimalComma = semicolon !== undefined && !/(^|\D),|,(\D|$)/m.test(text);
  const usable = fits.filter((fit) => !(decimalComma && fit.delimiter === ','));
  usable.sort((a, b) => b.share - a.share || b.width - a.width);
  const best = usable[0];
  if (best !== undefined && best.share >= 0.7) return best.delimiter;
  const blanks = commonWidth(splitSample(text, 'blanks', null).rows);
  if (blanks.width > 1 && blanks.share >= 0.9) return 'blanks';
  return best?.delimiter ?? ',';
}
