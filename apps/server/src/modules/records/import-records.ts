import type { ImportKind } from '@kezi/contract';
import type { ErrorCode } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/scoped-db.js';
import { unseenAmong } from '../../platform/http/field-wall.rules.js';
import {
  findTaken,
  importKind,
  looksNoFurther,
  readRows,
  standInNumber,
  SeenNumbers,
  type BatchContext,
  type ImportKindDefinition,
  type ImportTarget,
  type ReadRow,
  type RefusedRow,
  type TargetCounts,
  type RowFields,
  type RowRefusal,
  type UniqueNumber,
} from '../intake/imports/index.js';
import { findNamedCustomers, type KnownCustomer } from './customers/index.js';

/*
 * How a record of a customer comes out of a file, where one row is one record: contacts, interactions, notes, contracts,
 * receivables, payments. Each kind says which columns of its table a row fills and by what it is known again; the rest is
 * the same for all of them.
 */

type Json = Record<string, unknown>;

/** A row of a file as a record. Columns that the file does not fill are left out, and stay as they are. */
export interface RecordInput {
  customerNo: string;
  /** What makes two rows the same record: no two of a file have it, and a file that comes again changes nothing. */
  key: string;
  /** By the names of the table. */
  columns: Json;
  /** What the row calls people and records, by field; see `resolve`. */
  names?: Readonly<Record<string, readonly string[]>>;
}

/** A record of the table as JSON, and its id. */
export interface KnownRecord {
  id: number;
  key: string;
  customerId: number;
  row: Json;
}

/** A row whose customer is known. */
export interface WantedRecord {
  key: string;
  customer: KnownCustomer;
  input: RecordInput;
}

/** Columns that only the database can tell, or why it cannot. */
export type Resolved = { columns: Json } | { refusal: RowRefusal };

export interface RecordKind {
  kind: ImportKind;
  table: 'contact' | 'interaction' | 'customer_note' | 'contract' | 'receivable' | 'payment';
  id: 'contact_id' | 'interaction_id' | 'customer_note_id' | 'contract_id' | 'receivable_id' | 'payment_id';
  fields: readonly string[];
  /** The field by which a row that is refused for its key is told. */
  keyField: string;
  required: readonly string[];
  /** Columns of a new record that the file does not fill. */
  blank: (input: RecordInput) => Json;
  read: (fields: RowFields) => RecordInput | null;
  /** What a row names and the database knows: people, a contract. As many answers as rows, in their order. */
  resolve?: (db: Db, wanted: readonly WantedRecord[], batch: BatchContext) => Promise<Resolved[]>;
  /** Records of the table with these keys, among those that the user sees. */
  find: (db: Db, wanted: readonly WantedRecord[]) => Promise<KnownRecord[]>;
  /** Where the key stands, which is unique for the whole organisation; left out where a key is nobody's alone. */
  unique?: UniqueNumber;
  /** What speaks against a change, seen with the record as it was. */
  check?: (before: Json, after: Json) => { field: string; code: ErrorCode } | null;
  /** What goes along with records that were written. */
  follow?: (db: Db, ids: readonly number[]) => Promise<void>;
  /** Why a record `r` that the batch made cannot be taken back: something else speaks of it. */
  inUse: string;
  /** Belongs to the books, which go on where a person was erased; what is said of the person does not. */
  isOfBooks: boolean;
  /** The table carries owner and team of the customer itself. */
  carriesOwner: boolean;
}

interface Placed extends ReadRow<RecordInput> {
  customer: KnownCustomer;
}

const wantedOf = ({ input, customer }: Placed): WantedRecord => ({ key: input.key, customer, input });

const isSame = (one: unknown, other: unknown) =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

class RecordTarget implements ImportTarget<ReadRow<RecordInput>[]> {
  private added = 0;
  private changed = 0;
  private unchanged = 0;

  constructor(
    private readonly db: Db,
    private readonly batch: BatchContext,
    private readonly kind: RecordKind,
    private readonly seen: SeenNumbers,
  ) {}

  finish(): Promise<RefusedRow[]> {
    return Promise.resolve([]);
  }

  counts(): TargetCounts {
    const { added, changed, unchanged } = this;
    return { records: { [this.kind.kind]: { added, changed, unchanged } } };
  }

  async write(read: readonly ReadRow<RecordInput>[]): Promise<RefusedRow[]> {
    const refused: RefusedRow[] = [];
    const distinct = await this.refuseRepeated(read, refused);
    const placed = await this.resolve(await this.place(distinct, refused), refused);
    const known = new Map<string, KnownRecord>();
    for (const record of await this.kind.find(this.db, placed.map(wantedOf))) known.set(record.key, record);
    const fresh = await this.refuseTaken(placed, known, refused);
    const changes = placed.flatMap((one) => {
      const record = known.get(one.input.key);
      if (!record) return [];
      // A record of another customer is not moved by a file.
      if (record.customerId !== one.customer.customerId) {
        refused.push(this.unavailable(one));
        return [];
      }
      const isChanged = Object.entries(one.input.columns).some(
        ([name, value]) => !isSame(record.row[name], value),
      );
      const columns = { ...record.row, ...one.input.columns };
      const objection = isChanged
        ? (this.unseen(one.input.columns, record.row) ?? this.kind.check?.(record.row, columns))
        : null;
      if (objection) {
        refused.push({ row: one.row, ...objection, params: {} });
        return [];
      }
      this.unchanged += isChanged ? 0 : 1;
      return isChanged ? [{ id: record.id, columns }] : [];
    });
    const made = await this.insert(fresh);
    await this.update(changes);
    await this.kind.follow?.(this.db, [...made, ...changes.map(({ id }) => id)]);
    return refused;
  }

  /** What the wall keeps from the user is not written over by a file. */
  private unseen(given: Json, before: Json): { field: string; code: ErrorCode } | undefined {
    const named = (row: Json) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
          value,
        ]),
      );
    const property = unseenAmong(this.batch.viewer.fieldRules ?? {}, named(given), named(before));
    if (property === undefined) return undefined;
    const field = this.kind.fields.find((name) => property.startsWith(name)) ?? this.kind.keyField;
    return { field, code: 'fields.restricted_forbidden' };
  }

  private unavailable({ row, input }: Pick<Placed, 'row' | 'input'>): RefusedRow {
    const params = { customer: input.customerNo };
    return { row, field: 'customerId', code: 'imports.customer_not_available', params };
  }

  private async refuseRepeated(
    read: readonly ReadRow<RecordInput>[],
    refused: RefusedRow[],
  ): Promise<ReadRow<RecordInput>[]> {
    const firstLines = await this.seen.note(
      read.map(({ row, input }) => ({ number: input.key, line: row.line })),
    );
    return read.filter(({ row, input }) => {
      const line = firstLines.get(input.key) ?? row.line;
      if (line === row.line) return true;
      const params = { number: input.key.replaceAll('\n', ' ').slice(0, 200), line };
      refused.push({ row, field: this.kind.keyField, code: 'imports.repeated_in_file', params });
      return false;
    });
  }

  /** A customer that is not there and one that is somebody else's are refused alike. */
  private async place(read: readonly ReadRow<RecordInput>[], refused: RefusedRow[]): Promise<Placed[]> {
    const customers = await findNamedCustomers(this.db, [
      ...new Set(read.map(({ input }) => input.customerNo)),
    ]);
    return read.flatMap((one) => {
      const customer = customers.get(one.input.customerNo);
      if (customer && (this.kind.isOfBooks || customer.isErased !== true)) return [{ ...one, customer }];
      refused.push(
        customer
          ? { row: one.row, field: 'customerId', code: 'imports.person_erased', params: {} }
          : this.unavailable(one),
      );
      return [];
    });
  }

  private async resolve(placed: readonly Placed[], refused: RefusedRow[]): Promise<Placed[]> {
    if (!this.kind.resolve || placed.length === 0) return [...placed];
    const answers = await this.kind.resolve(this.db, placed.map(wantedOf), this.batch);
    return placed.flatMap((one, at) => {
      const answer = answers[at];
      if (answer && 'refusal' in answer) {
        refused.push({ row: one.row, ...answer.refusal });
        return [];
      }
      const columns = { ...one.input.columns, ...answer?.columns };
      return [{ ...one, input: { ...one.input, columns } }];
    });
  }

  private async refuseTaken(
    placed: readonly Placed[],
    known: ReadonlyMap<string, KnownRecord>,
    refused: RefusedRow[],
  ): Promise<Placed[]> {
    const unseen = placed.filter(({ input }) => !known.has(input.key));
    if (!this.kind.unique) return unseen;
    const keys = unseen.map(({ input }) => input.key);
    const taken = await findTaken(this.db, this.batch, this.kind.unique, keys);
    return unseen.filter((one) => {
      if (!taken.has(one.input.key)) return true;
      const params = { number: one.input.key };
      refused.push({ row: one.row, field: this.kind.keyField, code: 'imports.number_not_available', params });
      return false;
    });
  }

  private async insert(placed: readonly Placed[]): Promise<number[]> {
    if (placed.length === 0) return [];
    const { table, id, blank, unique } = this.kind;
    const rows = placed.map(({ input, customer }, at) => ({
      ...blank(input),
      ...input.columns,
      // By its count, as a number with a sign before it could be longer than one may be.
      ...(unique && looksNoFurther(this.batch)
        ? { [unique.column]: standInNumber(String(this.added + at)) }
        : {}),
      customer_id: customer.customerId,
      ...(this.kind.carriesOwner ? { owner_id: customer.ownerId, team_id: customer.teamId } : {}),
      import_batch_id: this.batch.importBatchId,
    }));
    const names = sql.join([...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => sql.id(name)));
    const { rows: made } = await sql<{ id: number }>`
      insert into ${sql.id(table)} (${names})
      select ${names} from jsonb_populate_recordset(null::${sql.id(table)}, ${JSON.stringify(rows)}::jsonb)
      returning ${sql.id(id)} as id`.execute(this.db);
    this.added += made.length;
    return made.map((row) => row.id);
  }

  private async update(changes: readonly { id: number; columns: Json }[]): Promise<void> {
    if (changes.length === 0) return;
    const { table, id } = this.kind;
    const { importBatchId } = this.batch;
    await sql`
      insert into import_change (import_batch_id, record_kind, record_id, before, created_by)
      select b.import_batch_id, ${table}, r.${sql.id(id)}, to_jsonb(r), b.created_by
      from import_batch b, ${sql.id(table)} r
      where b.import_batch_id = ${importBatchId} and r.${sql.id(id)} = any (${changes.map((one) => one.id)}::bigint[])
      on conflict do nothing`.execute(this.db);
    const names = writtenColumns(
      this.kind,
      changes.map(({ columns }) => columns),
    );
    await sql`
      update ${sql.id(table)} r set ${sql.join(names.map((name) => sql`${sql.id(name)} = n.${sql.id(name)}`))},
        import_batch_id = ${importBatchId}, row_version = r.row_version + 1, updated_at = now()
      from jsonb_populate_recordset(null::${sql.id(table)}, ${JSON.stringify(
        changes.map(({ id: record, columns }) => ({ ...columns, [id]: record })),
      )}::jsonb) n
      where r.${sql.id(id)} = n.${sql.id(id)}`.execute(this.db);
    this.changed += changes.length;
  }
}

/** What is of the row and not of the record. */
const kept = new Set([
  'customer_id',
  'owner_id',
  'team_id',
  'import_batch_id',
  'row_version',
  'created_at',
  'created_by',
  'updated_at',
  'deleted_at',
]);

function writtenColumns({ id }: RecordKind, rows: readonly Json[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (name) => !kept.has(name) && name !== id,
  );
}

/** Takes back what a batch did, where nobody has touched it since and nothing else speaks of it. */
async function undoRecords(db: Db, kind: RecordKind, importBatchId: number): Promise<number> {
  const { table, id } = kind;
  const { rows: changes } = await sql<{ before: Json }>`
    select before from import_change
    where import_batch_id = ${importBatchId} and record_kind = ${table} limit 1`.execute(db);
  const names = writtenColumns(
    kind,
    changes.map(({ before }) => before),
  );
  const restored: { id: number }[] = [];
  if (names.length > 0) {
    const { rows } = await sql<{ id: number }>`
      update ${sql.id(table)} r set ${sql.join(names.map((name) => sql`${sql.id(name)} = b.${sql.id(name)}`))},
        import_batch_id = b.import_batch_id, row_version = r.row_version + 1, updated_at = now()
      from import_change g, jsonb_populate_record(null::${sql.id(table)}, g.before) b
      where g.import_batch_id = ${importBatchId} and g.record_kind = ${table} and r.${sql.id(id)} = g.record_id
        and r.import_batch_id = ${importBatchId} and r.row_version = b.row_version + 1
      returning r.${sql.id(id)} as id`.execute(db);
    restored.push(...rows);
  }
  await kind.follow?.(
    db,
    restored.map((row) => row.id),
  );
  const removed = await sql`
    delete from ${sql.id(table)} r
    where r.import_batch_id = ${importBatchId} and r.row_version = 1 and not (${sql.raw(kind.inUse)})
      and not exists (
        select from import_change g
        where g.import_batch_id = ${importBatchId} and g.record_kind = ${table}
          and g.record_id = r.${sql.id(id)})`.execute(db);
  return restored.length + Number(removed.numAffectedRows ?? 0);
}

/** The definition of a kind for the place where kinds of imports are registered. */
export function recordsImport(kind: RecordKind): ImportKindDefinition {
  return importKind({
    kind: kind.kind,
    fields: kind.fields,
    hasCustomFields: false,
    missing: (mapped) => kind.required.filter((field) => !mapped.has(field)).map((field) => [field]),
    reader: (fields) => (rows) => readRows(fields, rows, () => kind.read(fields)),
    open: async (db, batch) => new RecordTarget(db, batch, kind, await SeenNumbers.open(db)),
    undo: (db, importBatchId) => undoRecords(db, kind, importBatchId),
  });
}
