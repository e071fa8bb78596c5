import type { MergeInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { carryOwnership, holdParents, writeTokens } from '../customers/index.js';
import { runAfterMerge } from './after-merge.js';
import { customerReferences } from './customer-references.js';
import { readBoth, type Both } from './hold-both.js';
import { mergedColumns, type CustomerRecord } from './merge-fields.rules.js';
import { moveSubsidiaries, soundParent } from './move-parents.js';
import { moveRows, type MovedRows } from './move-rows.js';

/** What `customer_merge.moved` holds. */
export interface Moved {
  /** The customer that remained at that time; it may itself have been merged since. */
  remainingId: number;
  subsidiaries: number[];
  rows: MovedRows[];
  /** Contacts that were the first at the merged customer. */
  primaries: number[];
  /** The last order of all there was then: what comes later came after the merge. */
  lastOrderId: number;
  /** What the register showed of it. */
  entry: Record<string, unknown> | null;
}

const undoDays = 30;
const dayMs = 86_400_000;

/** A customer has one first contact: that of the one that remains stays it. */
async function leavePrimaries(db: Db, remainingId: number, mergedId: number): Promise<number[]> {
  const { rows } = await sql<{ contactId: number }>`
    update contact set is_primary = false, row_version = row_version + 1
    where customer_id = ${mergedId}::bigint and is_primary and deleted_at is null and exists (
      select from contact r where r.customer_id = ${remainingId}::bigint and r.is_primary and r.deleted_at is null)
    returning contact_id as "contactId"`.execute(db);
  return rows.map(({ contactId }) => contactId);
}

/** The hash by which an order that comes again is known begins with its customer. */
export async function rehashOrders(db: Db, customerId: number): Promise<void> {
  await sql`
    update customer_order
    set content_hash = customer_id || substring(content_hash from position(':' in content_hash))
    where customer_id = ${customerId}::bigint and position(':' in content_hash) > 0
      and split_part(content_hash, ':', 1) <> customer_id::text`.execute(db);
}

/** Everything of the merged customer goes over to the one that remains, and its own row goes. */
async function moveAll(db: Db, remainingId: number, mergedId: number): Promise<Moved> {
  await holdParents(db);
  const subsidiaries = await moveSubsidiaries(db, remainingId, mergedId);
  const primaries = await leavePrimaries(db, remainingId, mergedId);
  const rows: MovedRows[] = [];
  for (const reference of await customerReferences(db)) {
    if (!reference.canChange) continue;
    const moved = await moveRows(db, reference, remainingId, mergedId);
    if (moved.keys.length > 0 || moved.aside.length > 0) rows.push(moved);
  }
  await rehashOrders(db, remainingId);
  await sql`insert into lake_dirty_customer (customer_id)
    values (${remainingId}::bigint), (${mergedId}::bigint)`.execute(db);
  const { rows: entries } = await sql<{ entry: Record<string, unknown> }>`
    select to_jsonb(e) as entry from register_entry e where customer_id = ${mergedId}::bigint`.execute(db);
  await sql`delete from customer where customer_id = ${mergedId}::bigint`.execute(db);
  const { rows: last } = await sql<{ id: number }>`
    select coalesce(max(order_id), 0) as id from customer_order`.execute(db);
  return {
    remainingId,
    subsidiaries,
    rows,
    primaries,
    lastOrderId: last[0]?.id ?? 0,
    entry: entries[0]?.entry ?? null,
  };
}

/** Writes columns of a customer, whatever they are; the version goes up. */
export async function writeColumns(
  db: Db,
  customerId: number,
  columns: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<void> {
  const names = Object.keys(columns);
  const sets = names.map((name) => sql`${sql.id(name)} = n.${sql.id(name)}, `);
  await sql`
    update customer c set ${sets.length === 0 ? sql`` : sql.join(sets, sql``)}
      row_version = c.row_version + 1, updated_at = ${now}
    from jsonb_populate_record(null::customer, ${JSON.stringify(columns)}::jsonb) n
    where c.customer_id = ${customerId}::bigint`.execute(db);
}

function refuseChanged({ remaining, merged }: Both, input: MergeInput): void {
  const isSeen =
    remaining['row_version'] === input.rowVersion && merged['row_version'] === input.mergedRowVersion;
  if (!isSeen) throw new CodedError('customers.changed');
}

async function fieldsAfter(
  db: Db,
  customerId: number,
  { remaining, merged }: Both,
  choices: MergeInput['fields'],
): Promise<CustomerRecord> {
  const { columns, unknown } = mergedColumns(remaining, merged, choices);
  if (unknown !== null) throw new CodedError('merges.field_unknown', { field: unknown });
  if (!('parent_customer_id' in columns)) return columns;
  return {
    ...columns,
    parent_customer_id: await soundParent(db, customerId, columns['parent_customer_id']),
  };
}

function changesOf(remaining: CustomerRecord, after: CustomerRecord): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    Object.entries(after).map(([column, value]) => [column, [remaining[column] ?? null, value]]),
  );
}

async function keepMerge(
  db: Db,
  merge: { principal: Principal; both: Both; moved: Moved; fields: object; now: Date },
): Promise<number> {
  const { principal, both, moved, fields, now } = merge;
  const orders = moved.rows.find(({ table }) => table === 'customer_order')?.keys.length ?? 0;
  const owner = await db
    .selectFrom('customer')
    .where('customer_id', '=', moved.remainingId)
    .select(['owner_id', 'team_id'])
    .executeTakeFirstOrThrow();
  const { merged } = both;
  const row = await db
    .insertInto('customer_merge')
    .values({
      customer_id: moved.remainingId,
      ...owner,
      merged_id: Number(merged['customer_id']),
      merged_no: String(merged['customer_no']),
      merged_name: String(merged['name']),
      merged_row: JSON.stringify(merged),
      fields: JSON.stringify(fields),
      moved: JSON.stringify(moved),
      orders,
      merged_by: principal.userId,
      merged_at: now,
      undo_until: new Date(now.getTime() + undoDays * dayMs),
    })
    .returning('customer_merge_id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('customer_alias')
    .values({
      customer_no: String(merged['customer_no']),
      former_customer_id: Number(merged['customer_id']),
      customer_id: moved.remainingId,
      ...owner,
    })
    .execute();
  return row.customer_merge_id;
}

/**
 * Makes two customers one. All that hangs on the merged one goes over; its number leads to the one that remains. In one
 * transaction, on record, and taken back by `undoMerge` within 30 days.
 * @returns the number of the merge
 * @throws CodedError merges.same, merges.field_unknown, customers.not_found, customers.changed
 */
export async function mergeCustomers(
  db: Db,
  principal: Principal,
  remainingId: number,
  input: MergeInput,
  now: Date,
): Promise<number> {
  const { mergedId } = input;
  const both = await readBoth(db, remainingId, mergedId, true);
  refuseChanged(both, input);
  return withAllRows(db, principal, async () => {
    const moved = await moveAll(db, remainingId, mergedId);
    const columns = await fieldsAfter(db, remainingId, both, input.fields);
    await writeColumns(db, remainingId, columns, now);
    const fields = changesOf(both.remaining, columns);
    const mergeId = await keepMerge(db, { principal, both, moved, fields, now });
    await carryOwnership(db, [remainingId]);
    await writeTokens(db, [remainingId]);
    await runAfterMerge(db, [remainingId]);
    await writeAudit(db, {
      action: 'customer.merged',
      subject: 'customer',
      subjectId: remainingId,
      changes: {
        mergedId,
        mergedNo: both.merged['customer_no'],
        fields: Object.keys(fields),
        rows: Object.fromEntries(moved.rows.map(({ table, keys }) => [table, keys.length])),
      },
    });
    return mergeId;
  });
}
