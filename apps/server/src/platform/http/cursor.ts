import { CodedError } from '@kezi/contract/errors';

export type CursorValue = string | number | boolean | null;

/** The place of the last row of a page: the values of its sort columns. Opaque for clients, never trusted when it comes back. */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * @returns as many values as the sort has columns
 * @throws CodedError app.cursor_invalid
 */
export function decodeCursor(cursor: string, length: number): CursorValue[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw new CodedError('app.cursor_invalid', {}, { cause: error });
  }
  const plain =
    Array.isArray(values) &&
    values.length === length &&
    values.every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value));
  if (!plain) throw new CodedError('app.cursor_invalid');
  return values as CursorValue[];
}
