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
 *
 * Reading happens on a thread of its own and knows no database; writing knows no cells. A window goes from one to the other
 * as plain data.
 */

/** One row of the file: its line as an editor shows it, and its cells by column. */
export interface SourceRow {
  line: number;
  cells: readonly string[];
}

export interface RefusedRow extends RowRefusal {
  row: SourceRow;
}

/** A row as its kind understands it. */
export interface ReadRow<Input> {
  row: SourceRow;
  input: Input;
}

/** Rows read: what the target gets of the good ones, and those that are wrong as they stand in the file. */
export interface ReadWindow<Content> {
  content: Content;
  refused: RefusedRow[];
}

/** What a kind gets to know of the batch it works on. */
export interface BatchContext {
  importBatchId: number;
  /** The importing user; records are written with this user's rights. */
  viewer: Viewer & { teamId: number | null; fieldRules?: FieldRules };
  /** Who owns customers that the file names for the first time. */
  newOwner: { ownerId: number; teamId: number | null };
  /** Every mark that a text may have: so persons who were erased are known again. */
  marks: (text: string) => string[];
  now: Date;
  /** Everything is taken back at the end. */
  isDryRun: boolean;
}

/** What has become of the rows so far. */
export type TargetCounts = Pick<ImportCounts, 'records' | 'returns'>;

export interface ImportTarget<Content> {
  /** Writes a window. Refused rows leave no trace; all others are written. */
  write: (content: Content) => Promise<RefusedRow[]>;
  /** What can only be done when all rows are there. */
  finish: () => Promise<RefusedRow[]>;
  counts: () => TargetCounts;
}

/** How one kind of record is imported. */
interface ImportKindOf<Known, Content> {
  kind: ImportKind;
  /** Names of `FIELDS` of @kezi/tabular that are taken in. */
  fields: readonly string[];
  /** Whether other columns may be kept as free fields (`custom:<name>`). */
  hasCustomFields: boolean;
  /** Names of the company's own fields that the importing user may fill; left out where a kind has none. */
  ownFields?: (db: Db, fieldRules: FieldRules) => Promise<string[]>;
  /** Fields still wanted, given those that have a column: each inner list is a choice. */
  missing: (mapped: ReadonlySet<string>) => string[][];
  /** What reading has to know from the database, as plain data; left out where it is nothing. */
  know?: (db: Db, batch: BatchContext) => Promise<Known>;
  /** Makes what reads rows as far as that goes without the database; without `known`, nothing is looked up. */
  reader: (fields: RowFields, known: Known | null) => (rows: readonly SourceRow[]) => ReadWindow<Content>;
  open: (db: Db, batch: BatchContext) => Promise<ImportTarget<Content>>;
  /**
   * Takes a batch back: records that it made go, records that it changed are as they were before. What something later
   * has touched stays. Answers how many records were taken back.
   */
  undo: (db: Db, importBatchId: number, viewer: Viewer) => Promise<number>;
}

/** A kind among others: what its reader gives is for its own target alone. */
export type ImportKindDefinition = ImportKindOf<unknown, unknown>;

/** What a kind's reader gives is what its own target takes; the two meet through a thread, where types end. */
export function importKind<Known, Content>(definition: ImportKindOf<Known, Content>): ImportKindDefinition {
  return definition as unknown as ImportKindDefinition;
}

/** Reads rows one by one: what most kinds do. */
export function readRows<Input>(
  fields: RowFields,
  rows: readonly SourceRow[],
  read: () => Input | null,
): ReadWindow<ReadRow<Input>[]> {
  const content: ReadRow<Input>[] = [];
  const refused: RefusedRow[] = [];
  for (const row of rows) {
    fields.open(row.cells);
    const input = read();
    if (fields.refusal) refused.push({ row, ...fields.refusal });
    else if (input !== null) content.push({ row, input });
  }
  return { content, refused };
}

const kinds = new Map<ImportKind, ImportKindDefinition>();

/** Called once for each kind, in modules/import-kinds.ts. */
export function registerImportKind(definition: ImportKindDefinition): void {
  kinds.set(definition.kind, definition);
}

export function getImportKind(kind: string): ImportKindDefinition {
  const found = kinds.get(kind as ImportKind);
  if (!found) throw new Error(`Nobody has registered how ${kind} are imported.`);
  return found;
}
