import { CodedError } from '@kezi/contract/errors';
import type { FeatureTable } from '@kezi/stats';

/** Columns that a model is fitted to: texts by name in small letters, and the line of each row for messages. */
export interface BenchTable {
  names: string[];
  lines: number[];
  columns: Map<string, string[]>;
}

/** Reads a plain number; NaN for anything else. */
export function numberIn(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}

/** A column by its name, in any case. CodedError models.column_missing lists what there is. */
export function textsOf(table: BenchTable, column: string): string[] {
  const texts = table.columns.get(column.trim().toLowerCase());
  if (texts === undefined)
    throw new CodedError('models.column_missing', { column, columns: table.names.join(', ') });
  return texts;
}

/** A column of numbers. CodedError models.not_a_number names the first line that has none. */
export function numbersOf(table: BenchTable, column: string): Float64Array {
  const texts = textsOf(table, column);
  return Float64Array.from(texts, (text, i) => {
    const value = numberIn(text);
    if (!Number.isFinite(value))
      throw new CodedError('models.not_a_number', { line: table.lines[i]!, column, text });
    return value;
  });
}

/** A column of yes and no: 0 and 1, or two words, of which the later in code point order is 1. */
export function binaryOf(table: BenchTable, column: string): { values: Float64Array; positive: string } {
  const texts = textsOf(table, column);
  const levels = [...new Set(texts)].sort();
  if (levels.every((level) => numberIn(level) === 0 || numberIn(level) === 1)) {
    return { values: Float64Array.from(texts, Number), positive: '1' };
  }
  if (levels.length !== 2 || levels.includes('')) {
    const place = texts.findIndex((text) => text === '' || text === levels[2]);
    throw new CodedError('models.not_binary', {
      line: table.lines[Math.max(0, place)]!,
      column,
      text: texts[Math.max(0, place)]!,
    });
  }
  return { values: Float64Array.from(texts, (text) => Number(text === levels[1])), positive: levels[1]! };
}

/** How many customers each row stands for, where there is a column that says so. CodedError models.bad_weight. */
export function weightOf(table: BenchTable): { weight?: Float64Array } {
  if (!table.columns.has('weight')) return {};
  const weight = numbersOf(table, 'weight');
  const bad = weight.findIndex((value) => value < 0);
  if (bad >= 0) throw new CodedError('models.bad_weight', { line: table.lines[bad]!, text: weight[bad]! });
  return { weight };
}

/** Rows of a table by their numbers. */
export function pickRows(table: FeatureTable, rows: readonly number[]): FeatureTable {
  return {
    names: table.names,
    columns: table.columns.map((column) => Float64Array.from(rows, (row) => column[row]!)),
  };
}
