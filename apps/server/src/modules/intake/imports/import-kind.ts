import type { ImportCounts, ImportKind } from '@kezi/contract';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import type { RowFields } from './row-fields.js';
import type { RowRefusal } from './row-refusal.js';

/*
 * The place where later slices register how their records are imported. Intake reads files, keeps batches and bad rows;
 * what a row means, and how it becomes a record, stands with the records.
 *
 *   batch     one file that came in            window   some thousand rows of it, worked on together
 *   refusal   why one row is not taken in      target   one run of one batch: windows go in, records come to be
 */

/** One row of the file: its line as an editor shows it, and its cells by column. */
export interface SourceRow {
  line: number;
  cells: readonly string[];
}

export interface RefusedRow extends RowRefusal {
  row: SourceRow;
}

/** What a kind gets to know of the batch it works on. */
export interface BatchContext {
  importBatchId: number;
  /** The importing user; records are written with this user's rights. */
  viewer: Viewer & { teamId: number | null; fieldRules?: FieldRules };
  /** Who owns customers that the file names for the first time. */
  newOwner: { ownerId: number; teamId: number | null };
  fields: RowFields;
  now: Date;
}

export interface ImportTarget {
  /**
   * Reads a window as far as that goes without the database, and gives back what writes it: so one window is read while the
   * one before is written. Refused rows come out of the writing and leave no trace; all others are written.
   */
  read: (rows: readonly SourceRow[]) => Promise<() => Promise<RefusedRow[]>>;
  /** What can only be done when all rows are there. */
  finish: () => Promise<RefusedRow[]>;
  counts: () => Pick<ImportCounts, 'records' | 'returns'>;
}

/** How one kind of record is imported. */
export interface ImportKindDefinition {
  kind: ImportKind;
  /** Names of `FIELDS` of @kezi/tabular that are taken in. */
  fields: readonly string[];
  /** Whether other columns may be kept as free fields (`custom:<name>`). */
  hasCustomFields: boolean;
  /** Fields still wanted, given those that have a column: each inner list is a choice. */
  missing: (mapped: ReadonlySet<string>) => string[][];
  /** What is wrong with a row as it stands in the file, without looking into the database. */
  refusalOf: (fields: RowFields, cells: readonly string[]) => RowRefusal | null;
  open: (db: Db, batch: BatchContext) => Promise<ImportTarget>;
  /**
   * Takes a batch back: records that it made go, records that it changed are as they were before. What something later
   * has touched stays. Answers how many records were taken back.
   */
  undo: (db: Db, importBatchId: number, viewer: Viewer) => Promise<number>;
}

const kinds = new Map<ImportKind, ImportKindDefinition>();

/** Called once for each kind when the program starts, in modules/index.ts. */
export function registerImportKind(definition: ImportKindDefinition): void {
  kinds.set(definition.kind, definition);
}

export function getImportKind(kind: string): ImportKindDefinition {
  const found = kinds.get(kind as ImportKind);
  if (!found) throw new Error(`Nobody has registered how ${kind} are imported.`);
  return found;
}
