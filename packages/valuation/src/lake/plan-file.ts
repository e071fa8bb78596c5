import { basename } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import { sniffFile, type DateFormatName, type SniffedFile, type SniffOverrides } from '@kezi/tabular';
import type { Engine } from '../engine/engine.js';
import { parquetFault } from '../parquet/parquet-fault.js';
import { findColumn, planColumns, type ChosenColumns, type WantedColumns } from './plan-columns.js';
import { planValues, type ValuePlan } from './plan-values.js';

export interface ExtractOptions {
  columns: WantedColumns;
  /** Columns that say something of the customer, as a person names them: kept in the lake beside the lines. */
  attributes?: readonly string[] | undefined;
  dateFormat?: DateFormatName | undefined;
  timeZone: string;
  overrides?: SniffOverrides | undefined;
  /** Folder for the lake and for transcoded copies; emptied by the caller afterwards. */
  folder: string;
  /** Leaves out the fast way. */
  careful?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((share: number) => void) | undefined;
}

/** One file with everything that reading it needs. */
export interface OrderFile {
  path: string;
  name: string;
  sniffed: SniffedFile;
  /** All columns of the file. */
  names: string[];
  columns: ChosenColumns;
  /** Places of the wanted attributes, in their order. */
  attributes: number[];
  plan: ValuePlan;
}

const SAMPLE_ROWS = 500;

/** Column names and sample rows of a Parquet file, which only the engine can read. */
async function sampleParquet(
  engine: Engine,
  path: string,
): Promise<{ names: string[]; sampleRows: string[][] }> {
  const relation = engine.dialect.parquet([path]);
  const names = (await engine.columns(relation)).map((column) => column.name);
  const texts = names.map((name) => `CAST(${engine.dialect.identifier(name)} AS VARCHAR)`);
  const sampleRows: string[][] = [];
  for await (const chunk of engine.stream(
    `SELECT ${texts.join(', ')} FROM ${relation} LIMIT ${SAMPLE_ROWS}`,
  )) {
    const columns = chunk.columns as (string | null)[][];
    for (let i = 0; i < chunk.size; i++) sampleRows.push(columns.map((column) => column[i] ?? ''));
  }
  if (sampleRows.length === 0) throw new CodedError('tabular.empty_file');
  return { names, sampleRows };
}

/** Looks at a file and says how it is read: columns, dates, numbers. Asks nothing, guesses nothing that is ambiguous. */
export async function planFile(engine: Engine, path: string, options: ExtractOptions): Promise<OrderFile> {
  const sniffed = await sniffFile(path, { kind: 'orders', ...options.overrides });
  const name = basename(path);
  const parquet = sniffed.format === 'parquet';
  const { names, sampleRows } = parquet
    ? await sampleParquet(engine, path).catch((error: unknown) => {
        throw parquetFault(error, options.signal);
      })
    : { names: sniffed.columns.map((column) => column.name), sampleRows: sniffed.sampleRows };
  const header = parquet || sniffed.header;
  const columns = planColumns({ file: name, header, names, sampleRows }, options.columns);
  const samples = (index: number): string[] =>
    sampleRows.map((row) => (row[index] ?? '').trim()).filter((text) => text !== '');
  return {
    path,
    name,
    sniffed,
    names,
    columns,
    attributes: (options.attributes ?? []).map((wanted) => findColumn(names, wanted, header, name)),
    plan: planValues(name, columns, samples, options),
  };
}
