import type { FeatureTable } from './feature-table.js';

/** A column of words as numbers: `codes[i]` is the place of the word in `levels`, NaN where it is missing or unknown. */
export interface CodedLevels {
  codes: Float64Array;
  levels: string[];
}

/**
 * Codes words by level. Levels are the distinct words in code point order, so that the order of rows does not matter;
 * null and undefined are missing. With `levels` given (those of a fitted model) a word that is not among them is missing.
 * O(n + m log m) for m levels.
 */
export function codeLevels(
  values: readonly (string | null | undefined)[],
  levels?: readonly string[],
): CodedLevels {
  const distinct = levels ?? [...new Set(values.filter((value) => value !== null && value !== undefined))];
  const ordered = levels ? [...levels] : [...distinct].sort((a, b) => (a < b ? -1 : 1));
  const place = new Map(ordered.map((level, i) => [level, i]));
  const codes = Float64Array.from(values, (value) =>
    value === null || value === undefined ? Number.NaN : (place.get(value) ?? Number.NaN),
  );
  return { codes, levels: ordered };
}

/**
 * Treatment coding: one 0/1 column for each level but the first, named `name=level`. A missing word (NaN) stays NaN in
 * all of them, so that a linear model refuses it with row and column. O(n) for each level.
 */
export function treatmentColumns(name: string, coded: CodedLevels): FeatureTable {
  const others = coded.levels.slice(1);
  return {
    names: others.map((level) => `${name}=${level}`),
    columns: others.map((_, k) =>
      coded.codes.map((code) => (Number.isNaN(code) ? Number.NaN : Number(code === k + 1))),
    ),
  };
}
