import type { MergeUndone } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { carryOwnership, holdParents, writeTokens } from '../customers/index.js';
import { runAfterMerge } from './after-merge.js';
import { getMerge } from './list-merges.js';
import { rehashOrders, writeColumns, type Moved } from './merge-customers.js';
import { soundParent } from './move-parents.js';
import { moveBack } from './move-rows.js';

interface KeptMerge {
  customerId: number;
  mergedId: number;
  mergedNo: string;
  mergedRow: Record<string, unknown>;
  fields: Record<string, [unknown, unknown]>;
  moved: Moved;
  undoUntil: string;
  undoneAt: string | null;
}

async function holdMerge(db: Db, mergeId: number, now: Date): Promise<KeptMerge> {
  const { rows } = await sql<KeptMerge>`
    select customer_id as "customerId", merged_id as "mergedId", merged_no as "mergedNo", merged_row as "mergedRow",
      fields, moved, undo_until as "undoUntil", undone_at as "undoneAt"
    from customer_merge where customer_merge_id = ${mergeId}::bigint for update`.execute(db);
  const merge = rows[0];
  if (!merge) throw new CodedError('merges.not_found');
  if (merge.undoneAt !== null) throw new CodedError('merges.undone');
  if (new Date(merge.undoUntil) < now) throw new CodedError('merges.undo_too_late');
  return merge;
}

/** The merged customer's own row, as it was. Its parent is set where that makes no circle by now. */
async function bringBack(db: Db, merge: KeptMerge, now: Date): Promise<void> {
  const { mergedId, mergedNo, mergedRow } = merge;
  await sql`delete from customer_alias where former_customer_id = ${mergedId}::bigint`.execute(db);
  const { rows: holders } = await sql`select from customer where customer_no = ${mergedNo}`.execute(db);
  if (holders.length > 0) throw new CodedError('merges.number_conflict', { customerNo: mergedNo });
  // The code may have been given to somebody meanwhile: the customer comes back with it, and the two are shown as a pair.
  const row = {
    ...mergedRow,
    is_credit_code_sole: false,
    parent_customer_id: null,
    row_version: Number(mergedRow['row_version']) + 1,
    updated_at: now,
  };
  await sql`
    insert into customer overriding system value
    select * from jsonb_populate_record(null::customer, ${JSON.stringify(row)}::jsonb)`.execute(db);
}

/** Fields of the remaining customer that still are as the merge left them become what they were before. */
async function fieldsBack(db: Db, merge: KeptMerge, now: Date): Promise<void> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(c) as row from customer c where customer_id = ${merge.customerId}::bigint for update`.execute(
    db,
  );
  const current = rows[0]?.row ?? {};
  const isTheSame = merge.moved.remainingId === merge.customerId;
  const untouched = Object.entries(merge.fields).filter(
    ([column, [, after]]) => JSON.stringify(current[column] ?? null) === JSON.stringify(after ?? null),
  );
  const columns = Object.fromEntries(untouched.map(([column, [before]]) => [column, before]));
  await writeColumns(db, merge.customerId, isTheSame ? columns : {}, now);
}

async function rowsBack(db: Db, merge: KeptMerge): Promise<number> {
  const { customerId, mergedId, moved } = merge;
  let back = 0;
  for (const rows of moved.rows) back += await moveBack(db, rows, customerId, mergedId);
  await sql`
    update contact c set is_primary = true, row_version = row_version + 1
    where c.contact_id = any (${moved.primaries}::bigint[]) and c.customer_id = ${mergedId}::bigint
      and c.deleted_at is null and not exists (
        select from contact p where p.customer_id = c.customer_id and p.is_primary and p.deleted_at is null)`.execute(
    db,
  );
  const { numAffectedRows } = await sql`
    update customer set parent_customer_id = ${mergedId}::bigint, row_version = row_version + 1
    where customer_id = any (${moved.subsidiaries}::bigint[])
      and parent_customer_id = ${customerId}::bigint`.execute(db);
  const parent = await soundParent(db, mergedId, merge.mergedRow['parent_customer_id']);
  await sql`
    update customer set parent_customer_id = (select customer_id from customer where customer_id = ${parent}::bigint)
    where customer_id = ${mergedId}::bigint`.execute(db);
  return back + Number(numAffectedRows ?? 0);
}

/** The figures that the register showed, unless a later run has been published. */
async function entryBack(db: Db, merge: KeptMerge): Promise<void> {
  const { entry } = merge.moved;
  if (entry === null || entry['score_run_id'] === null) return;
  const figures = Object.keys(entry).filter((name) =>
    /^(?:score_run_id|orders|last_order_on|monetary_value|p_alive|expected_orders|clv|clv_low|clv_high|next_order_on|rfm_segment|spend_minor)$/.test(
      name,
    ),
  );
  const set = figures.map((name) => sql`${sql.id(name)} = f.${sql.id(name)}`);
  await sql`
    update register_entry e set ${sql.join(set)}
    from jsonb_populate_record(null::register_entry, ${JSON.stringify(entry)}::jsonb) f
    where e.customer_id = ${merge.mergedId}::bigint and f.score_run_id = (
      select score_run_id from register_entry where customer_id = ${merge.customerId}::bigint)`.execute(db);
}

/** Orders that the remaining customer got after the merge: nobody knows whose they would have been. */
async function ordersSince(db: Db, merge: KeptMerge): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from customer_order
    where customer_id = ${merge.customerId}::bigint and order_id > ${merge.moved.lastOrderId}::bigint`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/**
 * Makes two customers of one again, within 30 days. What was moved goes back where it still is; later orders, contacts and
 * edits stay with the customer that remained.
 * @throws CodedError merges.not_found, merges.undone, merges.undo_too_late, merges.number_conflict
 */
export async function undoMerge(
  db: Db,
  principal: Principal,
  mergeId: number,
  now: Date,
): Promise<MergeUndone> {
  const merge = await holdMerge(db, mergeId, now);
  const { customerId, mergedId } = merge;
  return withAllRows(db, principal, async () => {
    await holdParents(db);
    await bringBack(db, merge, now);
    await fieldsBack(db, merge, now);
    const rows = await rowsBack(db, merge);
    await entryBack(db, merge);
    await rehashOrders(db, mergedId);
    await sql`insert into lake_dirty_customer (customer_id)
      values (${customerId}::bigint), (${mergedId}::bigint)`.execute(db);
    await carryOwnership(db, [customerId, mergedId]);
    await writeTokens(db, [customerId, mergedId]);
    await runAfterMerge(db, [customerId, mergedId]);
    await db
      .updateTable('customer_merge')
      .set({ undone_by: principal.userId, undone_at: now })
      .where('customer_merge_id', '=', mergeId)
      .execute();
    await writeAudit(db, {
      action: 'customer.merge_undone',
      subject: 'customer',
      subjectId: customerId,
      changes: { mergedId, mergedNo: merge.mergedNo, rows },
    });
    return { merge: await getMerge(db, mergeId), rows, ordersSince: await ordersSince(db, merge) };
  });
}
