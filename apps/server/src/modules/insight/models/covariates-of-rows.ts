import { CodedError } from '@kezi/contract/errors';
import { codeLevels, treatmentColumns, type FeatureTable } from '@kezi/stats';
import { textOf, type BenchRow } from './bench-rows.js';

type Levels = Readonly<Record<string, readonly string[]>>;

/**
 * Columns of rows as covariates: numbers as they are, words as a column for each level but the first. CodedError
 * models.cell_missing, models.column_missing.
 */
export function covariatesOfRows(
  rows: readonly BenchRow[],
  columns: readonly string[],
): { table: FeatureTable; coding: { levels: Record<string, string[]> } } {
  const names: string[] = [];
  const values: Float64Array[] = [];
  const levels: Record<string, string[]> = {};
  for (const column of columns) {
    const texts = rows.map((row) => textOf(row, column));
    if (texts.every((text) => text === ''))
      throw new CodedError('models.column_missing', {
        column,
        columns: Object.keys(rows[0] ?? {}).join(', '),
      });
    const missing = texts.indexOf('');
    if (missing >= 0) throw new CodedError('models.cell_missing', { line: missing + 1, column });
    const numbers = rows.map((row) => row[column]);
    if (numbers.every((value) => typeof value === 'number')) {
      names.push(column);
      values.push(Float64Array.from(numbers));
      continue;
    }
    const coded = codeLevels(texts);
    const own = treatmentColumns(column, coded);
    levels[column] = coded.levels;
    names.push(...own.names);
    values.push(...own.columns);
  }
  return { table: { names, columns: values }, coding: { levels } };
}

/** Reads the columns of a model from a row, words coded as they were when it was fitted. CodedError models.level_unknown. */
export function covariateReader(
  names: readonly string[],
  levels: Levels,
): (row: BenchRow, line: number) => number[] {
  const sources = names.map((name) => {
    const column = Object.keys(levels).find((each) =>
      levels[each]!.some((word, place) => place > 0 && name === `${each}=${word}`),
    );
    return column === undefined ? { column: name } : { column, level: name.slice(column.length + 1) };
  });
  return (row, line) =>
    sources.map(({ column, level }) => {
      const text = textOf(row, column);
      if (text === '') throw new CodedError('models.cell_missing', { line, column });
      if (level === undefined) {
        if (typeof row[column] !== 'number')
          throw new CodedError('models.not_a_number', { line, column, text });
        return row[column];
      }
      const known = levels[column]!;
      if (!known.includes(text))
        throw new CodedError('models.level_unknown', { line, column, text, levels: known.join(', ') });
      return Number(text === level);
    });
}
