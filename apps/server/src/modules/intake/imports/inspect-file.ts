import type { ImportColumn, ImportKind, ImportMapping, ImportQuestion, ImportReading } from '@kezi/contract';
import { CodedError, type ErrorCode, type ErrorParams } from '@kezi/contract/errors';
import { FIELDS, type SniffedFile, type SniffOverrides } from '@kezi/tabular';
import type { Platform } from '../../../platform/platform.js';
import { readColumnValues } from './column-values.rules.js';
import type { ImportKindDefinition } from './import-kind.js';
import { sniffTable } from './read-table.js';

/** What is known of a file before it is imported; kept with the batch. */
export interface FileInspection {
  reading: ImportReading;
  columns: ImportColumn[];
  sheets: string[];
  warnings: { code: ErrorCode; params: ErrorParams }[];
  questions: ImportQuestion[];
}

/** A guess below this is shown, not taken. */
const surelyGuessed = 0.5;
const samplesShown = 5;
const longestSample = 200;

/** What the reader has said about the file, for the one who reads it. */
function overridesOf(kind: ImportKind, reading: Partial<ImportReading>): SniffOverrides {
  const overrides: Record<string, unknown> = { kind };
  for (const part of ['format', 'encoding', 'delimiter', 'header', 'sheet'] as const) {
    if (reading[part] !== undefined && reading[part] !== null) overrides[part] = reading[part];
  }
  return overrides;
}

/** @throws CodedError tabular.* for a file that cannot be read at all */
export function openFile(
  platform: Platform,
  path: string,
  kind: ImportKind,
  reading: Partial<ImportReading>,
): Promise<SniffedFile> {
  return sniffTable(path, overridesOf(kind, reading), platform.folders.temp);
}

function columnsOf(sniffed: SniffedFile, own: ReadonlySet<string>): ImportColumn[] {
  return sniffed.columns.map(({ index, name, samples, guess }) => {
    // A company that made a field of this name means its own, whatever else such a column often is.
    const isOwn = own.has(name);
    return {
      index: index + 1,
      name,
      samples: samples.slice(0, samplesShown).map((sample) => sample.slice(0, longestSample)),
      guess: isOwn ? `custom:${name}` : (guess?.field ?? null),
      confidence: isOwn ? 1 : (guess?.confidence ?? 0),
    };
  });
}

function guessedColumns(
  guesses: readonly ImportColumn[],
  definition: ImportKindDefinition,
): ImportMapping['columns'] {
  const columns: ImportMapping['columns'] = {};
  for (const { index, guess, confidence } of guesses) {
    if (guess === null || confidence < surelyGuessed) continue;
    if (guess.startsWith('custom:') || definition.fields.includes(guess)) columns[guess] ??= index;
  }
  return columns;
}

/** The mapping that the file suggests, where the user has not said otherwise; `own` names the company's own fields. */
export function inspect(
  sniffed: SniffedFile,
  definition: ImportKindDefinition,
  given: Partial<ImportMapping>,
  own: readonly string[] = [],
): { inspection: FileInspection; mapping: ImportMapping } {
  const guesses = columnsOf(sniffed, new Set(own));
  const columns = given.columns ?? guessedColumns(guesses, definition);
  const numeric = new Set(
    sniffed.columns.filter((column) => column.numeric).map((column) => column.index + 1),
  );
  const { mapping, questions } = readColumnValues(
    definition.kind,
    { ...given, columns },
    sniffed.sampleRows,
    numeric,
  );
  const { format, compression, encoding, delimiter, header, sheet } = sniffed;
  const isText = format === 'delimited';
  return {
    mapping,
    inspection: {
      reading: {
        format,
        compression,
        encoding: isText ? encoding : null,
        delimiter: isText ? delimiter : null,
        header,
        sheet,
      },
      columns: guesses,
      sheets: sniffed.sheets,
      warnings: sniffed.warnings.map(({ code, params }) => ({ code, params })),
      questions,
    },
  };
}

/**
 * Refuses a mapping that names what is not there.
 * @throws CodedError imports.field_unknown, imports.column_unknown, imports.column_used_twice
 */
export function checkMapping(
  columns: ImportMapping['columns'],
  columnCount: number,
  definition: ImportKindDefinition,
): void {
  const used = new Map<number, string>();
  for (const [field, column] of Object.entries(columns)) {
    const isCustom = definition.hasCustomFields && /^custom:.*\S/.test(field);
    if (!isCustom && !definition.fields.includes(field))
      throw new CodedError('imports.field_unknown', { field });
    if (column > columnCount)
      throw new CodedError('imports.column_unknown', { column, columns: columnCount });
    const other = used.get(column);
    if (other !== undefined) throw new CodedError('imports.column_used_twice', { column, field, other });
    used.set(column, field);
  }
}

/** A field as people of both languages call it. */
function labelOf(kind: ImportKind, field: string): string {
  const definition = FIELDS[kind].find((candidate) => candidate.name === field);
  return definition ? `${definition.zh[0] ?? field} (${field})` : field;
}

/**
 * Refuses to go on while something is missing that only the user can know.
 * @throws CodedError imports.fields_missing, imports.questions_open
 */
export function requireReady(
  mapping: ImportMapping,
  questions: readonly ImportQuestion[],
  definition: ImportKindDefinition,
): void {
  const missing = definition.missing(new Set(Object.keys(mapping.columns)));
  if (missing.length > 0) {
    const fields = missing.map((some) => some.map((field) => labelOf(definition.kind, field)).join(' / '));
    throw new CodedError('imports.fields_missing', { fields: fields.join(', ') });
  }
  const [question] = questions;
  if (question) {
    throw new CodedError('imports.questions_open', { field: labelOf(definition.kind, question.field) });
  }
}
