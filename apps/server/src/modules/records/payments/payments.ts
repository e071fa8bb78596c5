import type { PaymentInput, PaymentListQuery, PaymentRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn, inSegments, mustSeeCustomer, type Reader } from '../customers/index.js';
import { holdCustomer } from '../hold-customer.js';
import { allocateAsWanted, allocateInOrder, type Allocation, type OpenReceivable } from './payments.rules.js';
import { refuseStrangers } from './receivables.js';

async function findPayments(
  db: Db,
  which: RawBuilder<SqlBool>,
  ending: RawBuilder<unknown>,
): Promise<PaymentRow[]> {
  const { rows } = await sql<PaymentRow>`
    select p.payment_id as "paymentId", p.customer_id as "customerId", cu.name as "customerName",
      p.payment_no as "paymentNo", p.received_on as "receivedOn", p.currency, p.amount_minor as "amountMinor",
      p.allocated_minor as "allocatedMinor", p.method, p.note, p.row_version as "rowVersion",
      coalesce((
        select jsonb_agg(jsonb_build_object('receivableId', r.receivable_id, 'title', r.title,
          'contractNo', k.contract_no, 'amountMinor', a.amount_minor) order by r.due_on, r.receivable_id)
        from payment_allocation a join receivable r using (receivable_id)
        left join contract k on k.contract_id = r.contract_id
        where a.payment_id = p.payment_id), '[]') as allocations
    from payment p join customer cu on cu.customer_id = p.customer_id
    where p.deleted_at is null and ${which} ${ending}`.execute(db);
  return rows;
}

function beforePlace(cursor: string): RawBuilder<SqlBool> {
  const [receivedOn, id] = decodeCursor(cursor, 2);
  if (typeof receivedOn !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(receivedOn) || !Number.isSafeInteger(id)) {
    throw new CodedError('app.cursor_invalid');
  }
  return sql`(p.received_on, p.payment_id) < (${receivedOn}::date, ${id}::bigint)`;
}

/**
 * What has come in from all customers that the reader sees, or from one, the latest first.
 * @throws CodedError customers.not_found, app.cursor_invalid, segments.not_found, segments.not_usable
 */
export async function listPayments(
  db: Db,
  reader: Reader,
  query: PaymentListQuery & { customerId?: number },
): Promise<{ items: PaymentRow[]; nextCursor: string | null }> {
  const { customerId, segmentId, cursor, limit } = query;
  if (customerId !== undefined) await mustSeeCustomer(db, customerId);
  const ofCustomer = customerId === undefined ? sql`true` : sql`p.customer_id = ${customerId}::bigint`;
  const among = await inSegments(db, reader, segmentId);
  const place = cursor === undefined ? sql`true` : beforePlace(cursor);
  const rows = await findPayments(
    db,
    sql`${ofCustomer} and ${among('p.customer_id')} and ${place}`,
    sql`order by p.received_on desc, p.payment_id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.receivedOn, last.paymentId]) : null };
}

/** @throws CodedError payments.not_found */
export async function getPayment(db: Db, paymentId: number): Promise<PaymentRow> {
  const [row] = await findPayments(db, sql`p.payment_id = ${paymentId}::bigint`, sql``);
  if (!row) throw new CodedError('payments.not_found');
  return row;
}

/** What is open of a customer, the earliest due first. */
async function openOf(
  db: Db,
  customerId: number,
  contractId: number | null,
  currency: string | null,
): Promise<OpenReceivable[]> {
  const { rows } = await sql<OpenReceivable>`
    select receivable_id as "receivableId", title, currency, amount_minor - received_minor as "openMinor"
    from receivable
    where customer_id = ${customerId}::bigint and deleted_at is null
      and (${contractId}::bigint is null or contract_id = ${contractId}::bigint)
      and (${currency}::text is null or currency = ${currency})
    order by due_on, receivable_id`.execute(db);
  return rows;
}

/** Writes who paid what, and brings the receivables up to date. The database refuses what would not add up. */
async function writeAllocations(
  db: Db,
  payment: { paymentId: number; customerId: number; ownerId: number | null; teamId: number | null },
  allocations: readonly Allocation[],
): Promise<void> {
  if (allocations.length === 0) return;
  const parts = unnest('a', {
    receivable_id: { type: 'bigint', values: allocations.map((one) => one.receivableId) },
    amount_minor: { type: 'bigint', values: allocations.map((one) => one.amountMinor) },
  });
  await sql`
    insert into payment_allocation (payment_id, receivable_id, customer_id, owner_id, team_id, amount_minor)
    select ${payment.paymentId}::bigint, a.receivable_id, ${payment.customerId}::bigint, ${payment.ownerId}::int,
      ${payment.teamId}::int, a.amount_minor from ${parts}`.execute(db);
  await sql`
    update receivable r set received_minor = r.received_minor + a.amount_minor, row_version = r.row_version + 1
    from ${parts} where r.receivable_id = a.receivable_id`.execute(db);
}

const uniqueViolation = '23505';

/**
 * Books what a customer has paid and what it pays for.
 * @returns the id
 * @throws CodedError customers.not_found, contracts.unknown, payments.not_yet, payments.number_conflict,
 *   payments.receivable_unknown, payments.currency_differs, payments.overpaid, payments.over_allocated
 */
export async function createPayment(
  db: Db,
  customerId: number,
  input: PaymentInput,
  now: Date,
): Promise<number> {
  const customer = await holdCustomer(db, customerId);
  const { timeZone, baseCurrency } = await readSettings(db);
  if (input.receivedOn > dayIn(timeZone, now)) throw new CodedError('payments.not_yet');
  await refuseStrangers(db, customerId, { contractId: input.contractId });
  const { amountMinor, currency = baseCurrency } = input;
  const allocations = input.allocations
    ? allocateAsWanted(
        { amountMinor, currency },
        input.allocations,
        new Map((await openOf(db, customerId, null, null)).map((one) => [one.receivableId, one])),
      )
    : allocateInOrder(amountMinor, await openOf(db, customerId, input.contractId ?? null, currency));
  const writing = db
    .insertInto('payment')
    .values({
      customer_id: customerId,
      owner_id: customer.ownerId,
      team_id: customer.teamId,
      payment_no: input.paymentNo ?? null,
      received_on: input.receivedOn,
      currency,
      amount_minor: amountMinor,
      allocated_minor: allocations.reduce((sum, one) => sum + one.amountMinor, 0),
      method: input.method ?? null,
      note: input.note ?? null,
      created_at: now,
      updated_at: now,
    })
    .returning('payment_id');
  const made = await writing.executeTakeFirstOrThrow().catch((error: unknown) => {
    if (sqlStateOf(error) !== uniqueViolation) throw error;
    throw new CodedError('payments.number_conflict', { paymentNo: input.paymentNo ?? '' }, { cause: error });
  });
  const paymentId = made.payment_id;
  await writeAllocations(db, { paymentId, ...customer }, allocations);
  await writeAudit(db, {
    action: 'payment.created',
    subject: 'payment',
    subjectId: paymentId,
    changes: { customerId: [null, customerId], amountMinor: [null, amountMinor], currency: [null, currency] },
  });
  await emitEvent(db, 'payment.changed', { customerId });
  return paymentId;
}

/**
 * Takes a payment back: what it paid for is open again.
 * @throws CodedError payments.not_found
 */
export async function deletePayment(db: Db, paymentId: number, now: Date): Promise<void> {
  const { customerId } = await getPayment(db, paymentId);
  await holdCustomer(db, customerId);
  const gone = await db
    .updateTable('payment')
    .set({ deleted_at: now, allocated_minor: 0, row_version: sql`row_version + 1`, updated_at: now })
    .where('payment_id', '=', paymentId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (gone.numUpdatedRows === 0n) throw new CodedError('payments.not_found');
  await sql`
    update receivable r set received_minor = r.received_minor - a.amount_minor, row_version = r.row_version + 1
    from payment_allocation a where a.payment_id = ${paymentId}::bigint and r.receivable_id = a.receivable_id`.execute(
    db,
  );
  await db.deleteFrom('payment_allocation').where('payment_id', '=', paymentId).execute();
  await writeAudit(db, { action: 'payment.deleted', subject: 'payment', subjectId: paymentId });
  await emitEvent(db, 'payment.changed', { customerId });
}
