import { CodedError } from '@kezi/contract/errors';
import { codeLevels, treatmentColumns, type FeatureTable } from '@kezi/stats';
import { numberIn, textsOf, type BenchTable } from './bench-table.js';

/** Columns to learn from: numbers as they are, words by their levels. */
interface Features {
  table: FeatureTable;
  /** Columns of words, by name, with their levels in the order of their codes. */
  levels: Record<string, string[]>;
  /** Columns of words that name each row, such as a customer's number: nothing can be learnt from them. */
  leftOut: string[];
}

/**
 * Words become codes (`codes`, for trees) or a column of 0 and 1 for each level but the first (`treatment`, for the
 * rest). An empty cell is a missing value, which only trees understand: CodedError models.cell_missing.
 */
export function featuresOf(
  data: BenchTable,
  columns: readonly string[],
  coding: 'codes' | 'treatment',
): Features {
  const levels: Record<string, string[]> = {};
  const names: string[] = [];
  const values: Float64Array[] = [];
  const leftOut: string[] = [];
  for (const column of columns) {
    const texts = textsOf(data, column);
    const missing = texts.indexOf('');
    if (missing >= 0 && coding === 'treatment')
      throw new CodedError('models.cell_missing', { line: data.lines[missing]!, column });
    const isNumeric = texts.every((text) => text === '' || Number.isFinite(numberIn(text)));
    if (isNumeric) {
      names.push(column);
      values.push(Float64Array.from(texts, numberIn));
      continue;
    }
    if (texts.length > 2 && new Set(texts).size === texts.length) {
      leftOut.push(column);
      continue;
    }
    const coded = codeLevels(texts.map((text) => (text === '' ? null : text)));
    levels[column] = coded.levels;
    const table =
      coding === 'codes' ? { names: [column], columns: [coded.codes] } : treatmentColumns(column, coded);
    names.push(...table.names);
    values.push(...table.columns);
  }
  return { table: { names, columns: values }, levels, leftOut };
}
