import { CodedError } from '@kezi/contract/errors';
import type { FeatureTable } from '@kezi/stats';
import { numberOf, type AskedRow } from './asked-model.js';
import { numberIn } from './bench-table.js';

/** How words were coded when the model was fitted: levels by column. */
type Levels = Readonly<Record<string, readonly string[]>>;

/** Where the value of one column of a model comes from in a file. */
interface Source {
  column: string;
  /** 1 where the word is this level, else 0 (treatment coding). */
  level?: string;
  /** Place of the word among these (codes for trees). */
  levels?: readonly string[];
}

/** Reads a model's columns from the rows of a file. */
interface FeatureReader {
  /** Columns of the file. */
  columns: readonly string[];
  /** Values in the order of the model's names. CodedError for a cell that cannot be used. */
  read: (row: AskedRow) => number[];
}

/** RangeError unless something is a list of texts. */
export function textList(given: unknown, what: string): string[] {
  if (!Array.isArray(given) || !given.every((each) => typeof each === 'string'))
    throw new RangeError(`${what} must be a list of names`);
  return given;
}

/** RangeError unless something is a list of finite numbers, as many as given. */
export function numberList(given: unknown, what: string, size: number): number[] {
  if (!Array.isArray(given) || given.length !== size || !given.every((each) => Number.isFinite(each)))
    throw new RangeError(`${what} must be ${size} numbers`);
  return given as number[];
}

/** The levels that a fit has written beside its model. RangeError for anything else. */
function levelsOf(coding: unknown): Levels {
  const { levels = {} } = (coding ?? {}) as { levels?: Record<string, unknown> };
  for (const [column, own] of Object.entries(levels)) textList(own, `coding.levels.${column}`);
  return levels as Levels;
}

function sourceOf(name: string, levels: Levels): Source {
  const own = levels[name];
  if (own) return { column: name, levels: own };
  for (const [column, words] of Object.entries(levels)) {
    const level = words.find((word, place) => place > 0 && name === `${column}=${word}`);
    if (level !== undefined) return { column, level };
  }
  return { column: name };
}

/** A word among levels. CodedError models.level_unknown where a model knows no such word and cannot do without. */
function checkLevel(row: AskedRow, column: string, words: readonly string[]): string {
  const text = row.cell(column);
  if (text === '') throw new CodedError('models.cell_missing', { line: row.line, column });
  if (!words.includes(text))
    throw new CodedError('models.level_unknown', { line: row.line, column, text, levels: words.join(', ') });
  return text;
}

/** Reads the columns `names` of a model, words coded as they were when it was fitted. `missing`: trees take an empty cell. */
export function featureReader(
  names: readonly string[],
  coding: unknown,
  missing: 'refused' | 'allowed' = 'refused',
): FeatureReader {
  const levels = levelsOf(coding);
  const sources = names.map((name) => sourceOf(name, levels));
  return {
    columns: [...new Set(sources.map(({ column }) => column))],
    read: (row) =>
      sources.map(({ column, level, levels: words }) => {
        if (level !== undefined) return Number(checkLevel(row, column, levels[column]!) === level);
        if (words) {
          const place = words.indexOf(row.cell(column));
          return place < 0 ? Number.NaN : place;
        }
        if (missing === 'allowed' && Number.isNaN(numberIn(row.cell(column))) && row.cell(column) === '')
          return Number.NaN;
        return numberOf(row, column);
      }),
  };
}

/** Puts the rows that can be read to a model all at once; the others are answered with what is wrong with them. */
export function askTogether(
  { read }: FeatureReader,
  names: readonly string[],
  answer: (table: FeatureTable, rows: readonly AskedRow[]) => (object | CodedError)[],
): (rows: readonly AskedRow[]) => (object | CodedError)[] {
  return (rows) => {
    const out: (object | CodedError)[] = [];
    const good: { at: number; row: AskedRow; values: number[] }[] = [];
    rows.forEach((row, at) => {
      try {
        good.push({ at, row, values: read(row) });
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        out[at] = error;
      }
    });
    const columns = names.map((_, j) => Float64Array.from(good, ({ values }) => values[j]!));
    const answers =
      good.length > 0
        ? answer(
            { names, columns },
            good.map(({ row }) => row),
          )
        : [];
    good.forEach(({ at }, i) => (out[at] = answers[i]!));
    return out;
  };
}
