/**
 * What a column holds: text · number (exact) · float · timestamp (without a zone) · instant (with one) · binary · nested
 * (several values a cell) · other, which reads well as text: days, times of day, truth values
 */
export type SourceKind =
  | 'text'
  | 'number'
  | 'float'
  | 'timestamp'
  | 'instant'
  | 'binary'
  | 'nested'
  | 'other';

export interface SourceColumn {
  name: string;
  kind: SourceKind;
}
