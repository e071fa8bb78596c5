import { readFileSync } from 'node:fs';
import type { ImportBatch, ImportPatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

/** Fields to columns as people write them: a header as it stands in the file, or a number from 1. */
type WrittenColumns = Record<string, string | number>;

/** What a file of --map says. */
interface WrittenMap {
  file: string;
  columns: WrittenColumns;
  /** The rest of what `PATCH /imports/:id` takes. */
  rest: { reading?: ImportPatch['reading']; mapping?: Omit<NonNullable<ImportPatch['mapping']>, 'columns'> };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True when every field has a header or a number. */
const isColumns = (value: unknown): value is WrittenColumns =>
  isObject(value) && Object.values(value).every((one) => typeof one === 'string' || typeof one === 'number');

/**
 * Reads which column is which field: `{"customerId": "Client"}`, or as `PATCH /imports/:id` takes it, with columns in
 * `mapping.columns`, or the mapping alone.
 * @throws CodedError cli.mapping_invalid
 */
export function readMap(file: string): WrittenMap {
  const invalid = (cause?: unknown) => new CodedError('cli.mapping_invalid', { file }, { cause });
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw invalid(error);
  }
  if (!isObject(read)) throw invalid();
  const isPatch = 'mapping' in read || 'reading' in read;
  const { mapping: given, ...reading } = isPatch
    ? read
    : { mapping: 'columns' in read ? read : { columns: read } };
  if (given !== undefined && !isObject(given)) throw invalid();
  const { columns = {}, ...mapping } = given ?? {};
  if (!isColumns(columns)) throw invalid();
  return { file, columns, rest: { ...reading, mapping } };
}

/**
 * The same with numbers in place of headers.
 * @throws CodedError cli.mapping_column for a header that the file does not have
 */
export function patchOf({ columns, rest }: WrittenMap, batch: Pick<ImportBatch, 'columns'>): ImportPatch {
  const numberOf = (wanted: string | number): number => {
    if (typeof wanted === 'number') return wanted;
    const found = batch.columns.find(({ name }) => name === wanted.trim());
    if (found) return found.index;
    const names = batch.columns.map(({ name }) => name).join(', ');
    throw new CodedError('cli.mapping_column', { column: wanted, columns: names });
  };
  const numbered = Object.entries(columns).map(([field, wanted]) => [field, numberOf(wanted)] as const);
  if (numbered.length === 0) return rest;
  return { ...rest, mapping: { ...rest.mapping, columns: Object.fromEntries(numbered) } };
}
