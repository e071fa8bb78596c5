import { CodedError } from '@kezi/contract/errors';

/**
 * What an engine's complaint about a Parquet file means to a reader. Our own errors, those of the system (a full disk) and an
 * abort pass as they are.
 */
export function parquetFault(error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof CodedError) {
    const isTooLarge = error.code === 'valuation.out_of_memory';
    return isTooLarge ? new CodedError('tabular.parquet_too_large', {}, { cause: error }) : error;
  }
  if (error instanceof Error && 'syscall' in error) return error;
  const message = error instanceof Error ? error.message : String(error);
  const isEncrypted = /encrypt|decrypt/i.test(message);
  return new CodedError(
    isEncrypted ? 'tabular.parquet_encrypted' : 'tabular.parquet_broken',
    {},
    { cause: error },
  );
}
