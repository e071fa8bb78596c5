import type { ErrorCode, ErrorParams } from '@kezi/contract/errors';

/** Why a row is not taken in, at which field. */
export interface RowRefusal {
  field: string;
  code: ErrorCode;
  params: ErrorParams;
}
