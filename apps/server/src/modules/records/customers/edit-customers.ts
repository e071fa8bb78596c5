import {
  mostEditedAtOnce,
  type BulkChange,
  type BulkEdit,
  type BulkUndo,
  type CustomerSelection,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { checkFields, readFields, requireFields } from '../fields/index.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { readRulesFor, refusalByRules } from '../identity/index.js';
import { carryOwnership } from './carry-ownership.js';
import { emptyProfile, isSameProfile, profileAfter, type ProfileState } from './profile.rules.js';
import { selectCustomers } from './select-customers.js';
import { customerSnapshot, readProfiles, restoreProfiles, writeProfiles } from './write-profile.js';

interface Held {
  customerId: number;
  region: string | null;
  industry: string | null;
}

async function selectionIds(db: Db, principal: Principal, selection: CustomerSelection): Promise<number[]> {
  if ('customerIds' in selection) return [...new Set(selection.customerIds)];
  const found = await selectCustomers(db, principal, selection.filter);
  const { rows } = await sql<{ customer_id: number }>`
    select f.customer_id from (${found}) f where f.customer_id <> all (${selection.except}::bigint[])
    order by 1 limit ${mostEditedAtOnce + 1}`.execute(db);
  return rows.map((row) => row.customer_id);
}

/** Those that the user may change, held until the end of the transaction, always in the same order. */
async function hold(db: Db, customerIds: readonly number[]): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select customer_id as "customerId", region, industry from customer
    where customer_id = any (${[...customerIds]}::bigint[]) and erased_at is null order by 1 for no key update`.execute(
    db,
  );
  return rows;
}

interface Edited {
  customer: Held;
  region: string | null;
  industry: string | null;
  before: ProfileState;
  after: ProfileState;
}

function edited(
  customer: Held,
  before: ProfileState,
  change: BulkChange,
  fields: ProfileState['fields'],
): Edited {
  const { addTags = [], removeTags = [], region, industry, ...plain } = change;
  const isTagged = addTags.length + removeTags.length > 0;
  const tags = [...before.tags.filter((tag) => !removeTags.includes(tag)), ...addTags];
  const after = profileAfter(before, { ...plain, ...(isTagged ? { tags } : {}) }, fields);
  return {
    customer,
    region: region === undefined ? customer.region : region,
    industry: industry === undefined ? customer.industry : industry,
    before,
    after,
  };
}

async function refuseBroken(db: Db, fieldRules: FieldRules, rows: readonly Edited[]): Promise<void> {
  const held = await readRulesFor(db, fieldRules);
  if (held.rules.length === 0) return;
  for (const { customer, region, industry, before: profile, after } of rows) {
    const { customerId: _id, ...plain } = customer;
    const before = { ...plain, fields: profile.fields };
    const refusal = refusalByRules(held, before, { ...plain, region, industry, fields: after.fields });
    if (refusal) throw new CodedError(refusal.code, refusal.params);
  }
}

async function keepBefore(db: Db, bulkEditId: number, ids: readonly number[]): Promise<void> {
  await sql`
    insert into bulk_edit_change (bulk_edit_id, customer_id, owner_id, team_id, before, row_version)
    select ${bulkEditId}::bigint, c.customer_id, c.owner_id, c.team_id, ${customerSnapshot}, c.row_version + 1
    from customer c where c.customer_id = any (${[...ids]}::bigint[])`.execute(db);
}

async function writeEdited(db: Db, rows: readonly Edited[], now: Date): Promise<void> {
  await sql`
    update customer c set region = n.region, industry = n.industry, row_version = c.row_version + 1,
      updated_at = ${now}
    from ${unnest('n', {
      customer_id: { type: 'bigint', values: rows.map(({ customer }) => customer.customerId) },
      region: { type: 'text', values: rows.map((row) => row.region) },
      industry: { type: 'text', values: rows.map((row) => row.industry) },
    })} where c.customer_id = n.customer_id`.execute(db);
  const profiles = rows.map(({ customer, before, after }) => ({
    customerId: customer.customerId,
    before,
    after,
  }));
  await writeProfiles(db, await readFields(db), profiles);
}

/**
 * Makes the same change of many customers, whole or not at all. Customers that are as wanted already, and those that the
 * user may only read, are skipped and counted.
 * @throws CodedError customers.too_many_at_once, customers.not_found, and what profileAfter, checkFields and the rules throw
 */
export async function editCustomers(
  db: Db,
  principal: Principal,
  input: { customers: CustomerSelection; change: BulkChange },
  now: Date,
): Promise<number> {
  const { change } = input;
  const wanted = await selectionIds(db, principal, input.customers);
  if (wanted.length > mostEditedAtOnce) {
    throw new CodedError('customers.too_many_at_once', { most: mostEditedAtOnce });
  }
  const held = await hold(db, wanted);
  if (held.length === 0) throw new CodedError('customers.not_found');
  const fields = await readFields(db);
  const given = await checkFields(db, fields, change.fields ?? {});
  requireFields(
    fields.filter(({ key }) => key in given),
    given,
    principal.fieldRules,
  );
  const profiles = await readProfiles(
    db,
    held.map(({ customerId }) => customerId),
  );
  const rows = held
    .map((one) => edited(one, profiles.get(one.customerId) ?? emptyProfile, change, given))
    .filter(
      ({ customer, region, industry, before, after }) =>
        region !== customer.region || industry !== customer.industry || !isSameProfile(before, after),
    );
  await refuseBroken(db, principal.fieldRules, rows);
  const { bulk_edit_id: bulkEditId } = await db
    .insertInto('bulk_edit')
    .values({
      change: JSON.stringify(change),
      customers: rows.length,
      skipped: wanted.length - rows.length,
      created_by: principal.userId,
      created_at: now,
    })
    .returning('bulk_edit_id')
    .executeTakeFirstOrThrow();
  const ids = rows.map(({ customer }) => customer.customerId);
  await keepBefore(db, bulkEditId, ids);
  await writeEdited(db, rows, now);
  const { fields: ownFields = {}, ...plain } = change;
  await writeAudit(db, {
    action: 'customers.edited',
    subject: 'bulk_edit',
    subjectId: bulkEditId,
    changes: { customers: ids, ...plain, ...ownFields },
  });
  return bulkEditId;
}

/** @throws CodedError customers.bulk_edit_not_found, also for somebody else's */
export async function getBulkEdit(db: Db, bulkEditId: number): Promise<BulkEdit> {
  const row = await db
    .selectFrom('bulk_edit')
    .where('bulk_edit_id', '=', bulkEditId)
    .select([
      'bulk_edit_id as bulkEditId',
      'customers',
      'skipped',
      'created_at as createdAt',
      'undone_at as undoneAt',
    ])
    .executeTakeFirst();
  if (!row) throw new CodedError('customers.bulk_edit_not_found');
  return row;
}

/**
 * Takes a bulk edit back, customer by customer: those that somebody has changed since stay as they are.
 * @throws CodedError customers.bulk_edit_not_found, customers.bulk_edit_undone
 */
export async function undoEdit(db: Db, bulkEditId: number, now: Date): Promise<BulkUndo> {
  const edit = await getBulkEdit(db, bulkEditId);
  const marked = await db
    .updateTable('bulk_edit')
    .set({ undone_at: now })
    .where('bulk_edit_id', '=', bulkEditId)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  if (Number(marked.numUpdatedRows) === 0) throw new CodedError('customers.bulk_edit_undone');
  const { rows } = await sql<{ customerId: number; before: unknown }>`
    update customer c set region = g.before ->> 'region', industry = g.before ->> 'industry',
      row_version = c.row_version + 1, updated_at = ${now}
    from bulk_edit_change g
    where g.bulk_edit_id = ${bulkEditId}::bigint and c.customer_id = g.customer_id and c.row_version = g.row_version
    returning c.customer_id as "customerId", g.before`.execute(db);
  await restoreProfiles(db, rows);
  const ids = rows.map(({ customerId }) => customerId);
  await carryOwnership(db, ids);
  await writeAudit(db, {
    action: 'customers.edit_undone',
    subject: 'bulk_edit',
    subjectId: bulkEditId,
    changes: { customers: ids },
  });
  return { restored: rows.length, touched: edit.customers - rows.length };
}
