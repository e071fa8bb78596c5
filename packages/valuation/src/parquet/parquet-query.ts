import type { OpenParquet } from './open-parquet.js';

/**
 * Bytes of text up to which a row comes with its chunk: 2,048 such rows are 64 MB. Longer ones are weighed only, and
 * fetched a few at a time.
 */
export const LIGHT_ROW_BYTES = 32 << 10;

/**
 * The rows of a file: bytes of text, number of the first column whose bytes are no text (null where there is none), then
 * all columns as text, which are null in a row that is too long.
 */
export function lightRowsQuery(file: OpenParquet): string {
  return rowsQuery(file, (text) => `CASE WHEN weight <= ${LIGHT_ROW_BYTES} THEN ${text} END`);
}

/** Some rows with all their text. */
export function longRowsQuery(file: OpenParquet, offset: number, rows: number): string {
  return `${rowsQuery(file, (text) => text)} LIMIT ${rows} OFFSET ${offset}`;
}

function rowsQuery({ engine, columns, relation }: OpenParquet, shown: (text: string) => string): string {
  const { dialect } = engine;
  const names = columns.map((_, index) => `c${index}`);
  const binary = names.filter((_, index) => columns[index]?.kind === 'binary');
  const sizes = names.flatMap((name, index) => {
    const kind = columns[index]?.kind;
    const isLong = kind === 'text' || kind === 'binary';
    return isLong ? [`coalesce(${dialect.byteLength(name, kind)}, 0)`] : [];
  });
  const weight = sumOf(sizes);
  const broken = binary.map(
    (name) => `WHEN ${name} IS NOT NULL AND ${dialect.utf8(name)} IS NULL THEN ${names.indexOf(name)}`,
  );
  const texts = names.map((name) => {
    const text = `CAST(${name} AS VARCHAR)`;
    return shown(binary.includes(name) ? `coalesce(${dialect.utf8(name)}, ${text})` : text);
  });
  const firstBroken = broken.length === 0 ? 'NULL' : `CASE ${broken.join(' ')} END`;
  const row = [`CAST(weight AS DOUBLE)`, `CAST(${firstBroken} AS DOUBLE)`, ...texts];
  return `SELECT ${row.join(', ')} FROM (SELECT *, ${weight} AS weight FROM ${relation}) AS r`;
}

/** Bracketed by halves: engines bound how deep an expression may go, and a thousand columns in a row are too deep. */
function sumOf(terms: readonly string[]): string {
  if (terms.length < 2) return terms[0] ?? '0';
  const half = terms.length >> 1;
  return `(${sumOf(terms.slice(0, half))} + ${sumOf(terms.slice(half))})`;
}
