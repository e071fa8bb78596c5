import { decimalText } from '@kezi/tabular';
import type { SourceKind } from '../engine/source-column.js';

/**
 * A value as a cell of text: numbers as plain decimals, instants as ISO 8601 in UTC, nothing as an empty cell.
 *
 * @param text what the engine's cast to text gives: 12.0, 1e+20, 2024-01-02 03:04:05.5, 2024-01-01 19:04:05+00
 */
export function cellText(kind: SourceKind, text: string | null): string {
  if (text === null) return '';
  switch (kind) {
    case 'float':
      // A whole number in a column of floats is mostly a number or code whose column had a gap: 12, not 12.0.
      return text.endsWith('.0') ? decimalText(text.slice(0, -2)) : decimalText(text);
    case 'timestamp':
      return text.replace(' ', 'T');
    case 'instant':
      return text.replace(' ', 'T').replace(/\+00$/, 'Z');
    case 'text':
    case 'number':
    case 'binary':
    case 'nested':
    case 'other':
    default:
      return text;
  }
}
