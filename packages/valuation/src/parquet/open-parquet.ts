import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import { openEngine } from '../engine/open-engine.js';
import type { SourceColumn } from '../engine/source-column.js';
import { parquetFault } from './parquet-fault.js';

/** What the reading of Parquet needs beside the file. */
export interface ParquetOptions {
  /** A folder for what the engine may have to put aside. Must exist. */
  tempFolder: string;
  signal?: AbortSignal | undefined;
}

/**
 * A chunk of the engine has 2,048 rows whatever they hold: with so many columns its cells take 0.2 GB, and more would
 * take more.
 */
const MAX_PARQUET_COLUMNS = 2048;

/** Pages of Parquet have 1 MB, so this is plenty; a file that needs more holds huge values. */
const MEMORY_MB = 200;

/** A Parquet file in an engine of its own, its columns under the names c0, c1 ... */
export interface OpenParquet {
  engine: Engine;
  columns: SourceColumn[];
  relation: string;
  close: () => void;
}

/**
 * @throws CodedError tabular.parquet_broken, tabular.parquet_encrypted, tabular.parquet_nested,
 * tabular.parquet_too_many_columns
 */
export async function openParquet(
  path: string,
  { tempFolder, signal }: ParquetOptions,
): Promise<OpenParquet> {
  const engine = await openEngine({ tempFolder, signal, memoryMb: MEMORY_MB, threads: 1, ordered: true });
  try {
    const file = engine.dialect.parquet([path]);
    const columns = await engine.columns(file);
    refuseOdd(columns);
    const names = columns.map((_, index) => `c${index}`);
    return {
      engine,
      columns,
      relation: `${file} AS t(${names.join(', ')})`,
      close: () => engine.close(),
    };
  } catch (error) {
    engine.close();
    throw parquetFault(error, signal);
  }
}

function refuseOdd(columns: readonly SourceColumn[]): void {
  if (columns.length > MAX_PARQUET_COLUMNS) {
    const params = { found: columns.length, limit: MAX_PARQUET_COLUMNS };
    throw new CodedError('tabular.parquet_too_many_columns', params);
  }
  const nested = columns.find((column) => column.kind === 'nested');
  if (nested) throw new CodedError('tabular.parquet_nested', { column: nested.name });
}
