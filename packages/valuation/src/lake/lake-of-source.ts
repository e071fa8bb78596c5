import { CodedError } from '@kezi/contract/errors';
import type { DateFormatName, SniffOverrides } from '@kezi/tabular';
import type { Engine } from '../engine/engine.js';
import { extractFiles, type Extract } from './extract-files.js';
import { openLake, type Lake } from './lake-manifest.js';
import type { WantedColumns } from './plan-columns.js';

/** Order files, or the folder of a lake that updateLake keeps. */
export type OrderSource =
  | {
      kind: 'files';
      paths: readonly string[];
      columns?: WantedColumns;
      dateFormat?: DateFormatName | undefined;
      /** IANA zone in which instants (written with Z or an offset) become days. Default Asia/Shanghai. */
      timeZone?: string | undefined;
      overrides?: SniffOverrides | undefined;
    }
  | {
      kind: 'lake';
      folder: string;
      /** Headerless CSV with the wanted attributes: customer id, then a column for each, in their order. */
      attributes?: string | undefined;
    };

interface ReadOptions {
  /** For the lake that files are read into; emptied by the caller afterwards. */
  folder: string;
  /** Leaves out the fast way of reading files, which does not look at blanks around ids. */
  careful: boolean;
  /** Columns of files that say something of the customer. */
  attributes?: readonly string[] | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((share: number) => void) | undefined;
}

/** What files held, where there were some. */
export interface OpenedSource {
  lake: Lake;
  extract: Extract | null;
}

/** Opens the lake, or reads the files into one. CodedError valuation.lake_damaged, and those of extractFiles. */
export async function lakeOfSource(
  engine: Engine,
  source: OrderSource,
  options: ReadOptions,
): Promise<OpenedSource> {
  if (source.kind === 'lake') {
    const lake = await openLake(source.folder);
    if (lake === null) throw new CodedError('valuation.lake_damaged', { file: 'manifest.json' });
    return { lake, extract: null };
  }
  const extract = await extractFiles(engine, source.paths, {
    ...options,
    columns: source.columns ?? {},
    dateFormat: source.dateFormat,
    timeZone: source.timeZone ?? 'Asia/Shanghai',
    overrides: source.overrides,
  });
  return { lake: extract.lake, extract };
}

/** Rows of the files, or of the lake where there were none; all of its lines were accepted once. */
export function rowsOf({ lake, extract }: OpenedSource): Extract['rows'] {
  if (extract !== null) return extract.rows;
  const lines = lake.manifest.totals.reduce((sum, bucket) => sum + bucket.lines, 0);
  return { read: lines, accepted: lines, rejected: 0 };
}
