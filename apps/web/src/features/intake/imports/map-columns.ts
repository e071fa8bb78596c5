import type { ImportBatch, ImportColumn, ImportMapping } from '@kezi/contract';
import { dateFields, isMet, needsOf, numberFields } from './fields.js';

type Columns = ImportMapping['columns'];

/** A column is left out. */
export const leftOut = '';
/** A column is kept under its own name. */
export const ownField = 'custom';
const ownPrefix = 'custom:';

/** What a column is now: a field, `ownField`, or `leftOut`. */
export function choiceOf(columns: Columns, index: number): string {
  const field = Object.entries(columns).find(([, column]) => column === index)?.[0];
  if (field === undefined) return leftOut;
  return field.startsWith(ownPrefix) ? ownField : field;
}

/** The column becomes the field; a column that was it before is left out, as a field has one column. */
export function withChoice(
  columns: Columns,
  column: Pick<ImportColumn, 'index' | 'name'>,
  choice: string,
): Columns {
  const next = Object.fromEntries(Object.entries(columns).filter(([, index]) => index !== column.index));
  if (choice === leftOut) return next;
  return { ...next, [choice === ownField ? `${ownPrefix}${column.name}` : choice]: column.index };
}

const columnsOf = (columns: Columns, fields: ReadonlySet<string>) =>
  JSON.stringify(
    Object.entries(columns)
      .filter(([field]) => fields.has(field))
      .map(([, index]) => index)
      .sort((one, other) => one - other),
  );

/**
 * The change to send. The server looks anew at how dates and numbers are written when columns change; an answer of the
 * user to that question is sent along as long as the columns it was given for are the same.
 */
export function columnsPatch(mapping: ImportMapping, columns: Columns): Partial<ImportMapping> {
  const sameDates = columnsOf(mapping.columns, dateFields) === columnsOf(columns, dateFields);
  const sameNumbers = columnsOf(mapping.columns, numberFields) === columnsOf(columns, numberFields);
  return {
    columns,
    ...(sameDates && mapping.dateFormat !== undefined ? { dateFormat: mapping.dateFormat } : {}),
    ...(sameNumbers && mapping.numberStyle !== undefined ? { numberStyle: mapping.numberStyle } : {}),
  };
}

/** Needs of the file that no column meets yet. */
export function missingNeeds({ kind, mapping }: Pick<ImportBatch, 'kind' | 'mapping'>): string[] {
  const mapped = new Set(Object.keys(mapping.columns));
  return needsOf[kind].filter((need) => !isMet(need, mapped)).map((need) => need.id);
}

type GuessState = 'guessed' | 'unsure' | 'chosen' | 'out';

/** Where what a column is comes from: taken from the guess, chosen by the reader, or left out. */
export function guessState(columns: Columns, column: ImportColumn): GuessState {
  const choice = choiceOf(columns, column.index);
  if (choice === leftOut) return 'out';
  const guess = column.guess?.startsWith(ownPrefix) ? ownField : column.guess;
  if (choice !== guess) return 'chosen';
  return column.confidence >= sure ? 'guessed' : 'unsure';
}

/** Below it a guess is worth a second look. */
const sure = 0.8;
