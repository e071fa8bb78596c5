import { messageOf, type Language } from '@kezi/contract/errors';

import { revertInertCell } from './inert-cell.js';

/** Columns that a file of rejected rows has behind those of the source: line, column, reason. */
export const ERROR_COLUMNS = 3;

const LANGUAGES: readonly Language[] = ['zh-CN', 'en-US'];

/** Their headers in the reader's language. */
export function errorHeaders(language: Language): [string, string, string] {
  return [
    messageOf('tabular.error_line', {}, language),
    messageOf('tabular.error_column', {}, language),
    messageOf('tabular.error_reason', {}, language),
  ];
}

/** True where the last three headers are those of a file of rejected rows of ours. */
export function isErrorHeader(cells: readonly string[]): boolean {
  const last = cells.slice(-ERROR_COLUMNS);
  return (
    cells.length > ERROR_COLUMNS &&
    LANGUAGES.some((language) => errorHeaders(language).every((header, index) => header === last[index]))
  );
}

/** What a row of such a file was in the source. */
export function sourceCells(cells: readonly string[]): string[] {
  return cells.slice(0, -ERROR_COLUMNS).map(revertInertCell);
}
