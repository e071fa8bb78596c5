import {
  type ReceivableAgeing,
  type ReceivableInput,
  type ReceivableListQuery,
  type ReceivablePatch,
  type ReceivableRow,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { readSettings } from '../../people/settings/index.js';
import { changedSince } from '../changed-since.js';
import { inSegments, mustSeeCustomer, type Among, type Reader } from '../customers/index.js';
import { holdCustomer } from '../hold-customer.js';
import { todayOf } from '../today-of.js';
import { dueDayOf } from './payment-terms.js';

/** Receivables `r` that fulfil a condition, in the order asked for. */
async function findReceivables(
  db: Db,
  today: string,
  which: RawBuilder<SqlBool>,
  ending: RawBuilder<unknown>,
): Promise<ReceivableRow[]> {
  const overdue = sql`(r.received_minor < r.amount_minor and r.due_on < ${today}::date)`;
  const { rows } = await sql<ReceivableRow>`
    select r.receivable_id as "receivableId", r.customer_id as "customerId", cu.name as "customerName",
      k.contract_id as "contractId", k.contract_no as "contractNo", r.order_id as "orderId", o.order_no as "orderNo",
      r.title, r.due_on as "dueOn", r.currency, r.amount_minor as "amountMinor", r.received_minor as "receivedMinor",
      case when r.received_minor = r.amount_minor then 'received' when ${overdue} then 'overdue' else 'planned' end as state,
      case when ${overdue} then ${today}::date - r.due_on else 0 end as "overdueDays", r.row_version as "rowVersion"
    from receivable r join customer cu on cu.customer_id = r.customer_id
    left join contract k on k.contract_id = r.contract_id
    left join customer_order o on o.order_id = r.order_id
    where r.deleted_at is null and ${which} ${ending}`.execute(db);
  return rows;
}

function afterPlace(cursor: string): RawBuilder<SqlBool> {
  const [dueOn, id] = decodeCursor(cursor, 2);
  if (typeof dueOn !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(dueOn) || !Number.isSafeInteger(id)) {
    throw new CodedError('app.cursor_invalid');
  }
  return sql`(r.due_on, r.receivable_id) > (${dueOn}::date, ${id}::bigint)`;
}

const inState = {
  received: () => sql<SqlBool>`r.received_minor = r.amount_minor`,
  overdue: (today: string) => sql<SqlBool>`(r.received_minor < r.amount_minor and r.due_on < ${today}::date)`,
  planned: (today: string) =>
    sql<SqlBool>`(r.received_minor < r.amount_minor and r.due_on >= ${today}::date)`,
};

/**
 * What is owed by all customers that the reader sees, or by one, the earliest due first.
 * @throws CodedError customers.not_found, app.cursor_invalid, segments.not_found, segments.not_usable
 */
export async function listReceivables(
  db: Db,
  reader: Reader,
  query: ReceivableListQuery & { customerId?: number },
  today: string,
): Promise<{ items: ReceivableRow[]; nextCursor: string | null }> {
  const { customerId, state, overdueDaysMin, segmentId, cursor, limit } = query;
  if (customerId !== undefined) await mustSeeCustomer(db, customerId);
  const among = await inSegments(db, reader, segmentId);
  const conditions = [
    among('r.customer_id'),
    ...(customerId === undefined ? [] : [sql<SqlBool>`r.customer_id = ${customerId}::bigint`]),
    ...(state === undefined
      ? []
      : [
          sql<SqlBool>`(${sql.join(
            state.map((one) => inState[one](today)),
            sql` or `,
          )})`,
        ]),
    ...(overdueDaysMin === undefined
      ? []
      : [sql<SqlBool>`(${inState.overdue(today)} and ${today}::date - r.due_on >= ${overdueDaysMin}::int)`]),
    ...(cursor === undefined ? [] : [afterPlace(cursor)]),
  ];
  const rows = await findReceivables(
    db,
    today,
    sql.join<SqlBool>(conditions, sql` and `),
    sql`order by r.due_on, r.receivable_id limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.dueOn, last.receivableId]) : null };
}

/** What these customers owe for each currency, by how long it has been overdue. */
export async function ageingOf(db: Db, among: Among, today: string): Promise<ReceivableAgeing> {
  const late = sql`(${today}::date - r.due_on)`;
  const sum = (condition: RawBuilder<unknown>) =>
    sql`coalesce(sum(r.amount_minor - r.received_minor) filter (where ${condition}), 0)::bigint`;
  const { rows } = await sql<ReceivableAgeing['items'][number]>`
    select r.currency, count(*)::int as receivables, sum(r.amount_minor - r.received_minor)::bigint as "openMinor",
      jsonb_build_object('notDue', ${sum(sql`${late} <= 0`)}, 'to30', ${sum(sql`${late} between 1 and 30`)},
        'to60', ${sum(sql`${late} between 31 and 60`)}, 'to90', ${sum(sql`${late} between 61 and 90`)},
        'beyond90', ${sum(sql`${late} > 90`)}) as buckets
    from receivable r where r.deleted_at is null and r.received_minor < r.amount_minor and ${among('r.customer_id')}
    group by r.currency order by 3 desc, 1`.execute(db);
  return { items: rows };
}

/** @throws CodedError payments.receivable_not_found */
export async function getReceivable(db: Db, receivableId: number, today: string): Promise<ReceivableRow> {
  const [row] = await findReceivables(db, today, sql`r.receivable_id = ${receivableId}::bigint`, sql``);
  if (!row) throw new CodedError('payments.receivable_not_found');
  return row;
}

/** @throws CodedError contracts.unknown, payments.order_unknown */
export async function refuseStrangers(
  db: Db,
  customerId: number,
  named: { contractId?: number | null | undefined; orderId?: number | null | undefined },
): Promise<void> {
  if (named.contractId) {
    const contract = await db
      .selectFrom('contract')
      .where('contract_id', '=', named.contractId)
      .where('customer_id', '=', customerId)
      .where('deleted_at', 'is', null)
      .select('contract_id')
      .executeTakeFirst();
    if (!contract) throw new CodedError('contracts.unknown');
  }
  if (named.orderId) {
    const order = await db
      .selectFrom('customer_order')
      .where('order_id', '=', named.orderId)
      .where('customer_id', '=', customerId)
      .select('order_id')
      .executeTakeFirst();
    if (!order) throw new CodedError('payments.order_unknown');
  }
}

/**
 * Plans what a customer is to pay, and when.
 * @returns the id
 * @throws CodedError customers.not_found, contracts.unknown, payments.order_unknown, payments.due_missing
 */
export async function createReceivable(
  db: Db,
  customerId: number,
  input: ReceivableInput,
  now: Date,
): Promise<number> {
  const customer = await holdCustomer(db, customerId);
  await refuseStrangers(db, customerId, input);
  const dueOn = input.dueOn ?? (await dueDayOf(db, { customerId, ...input }, await todayOf(db, now)));
  const made = await db
    .insertInto('receivable')
    .values({
      customer_id: customerId,
      owner_id: customer.ownerId,
      team_id: customer.teamId,
      contract_id: input.contractId ?? null,
      order_id: input.orderId ?? null,
      title: input.title,
      due_on: dueOn,
      currency: input.currency ?? (await readSettings(db)).baseCurrency,
      amount_minor: input.amountMinor,
      created_at: now,
      updated_at: now,
    })
    .returning('receivable_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'receivable.created',
    subject: 'receivable',
    subjectId: made.receivable_id,
    changes: {
      customerId: [null, customerId],
      amountMinor: [null, input.amountMinor],
      dueOn: [null, dueOn],
    },
  });
  await emitEvent(db, 'payment.changed', { customerId });
  return made.receivable_id;
}

async function holdReceivable(db: Db, receivableId: number) {
  const found = await db
    .selectFrom('receivable')
    .where('receivable_id', '=', receivableId)
    .where('deleted_at', 'is', null)
    .select('customer_id')
    .executeTakeFirst();
  if (!found) throw new CodedError('payments.receivable_not_found');
  // Payments are allocated while the customer is held: what was received stays as it is until the end.
  await holdCustomer(db, found.customer_id);
  const row = await db
    .selectFrom('receivable')
    .where('receivable_id', '=', receivableId)
    .where('deleted_at', 'is', null)
    .select([
      'customer_id as customerId',
      'title',
      'due_on as dueOn',
      'amount_minor as amountMinor',
      'received_minor as receivedMinor',
      'contract_id as contractId',
      'order_id as orderId',
      'row_version as rowVersion',
    ])
    .executeTakeFirst();
  if (!row) throw new CodedError('payments.receivable_not_found');
  return row;
}

/**
 * @throws CodedError payments.receivable_not_found, payments.receivable_changed, payments.below_received, contracts.unknown,
 *   payments.order_unknown
 */
export async function updateReceivable(
  db: Db,
  principal: Principal,
  receivableId: number,
  patch: ReceivablePatch,
  now: Date,
): Promise<void> {
  const { rowVersion, customerId, receivedMinor, ...before } = await holdReceivable(db, receivableId);
  const { rowVersion: seen, ...given } = patch;
  if (seen !== rowVersion) {
    const row = { subject: 'receivable', subjectId: receivableId, rowVersion: seen };
    throw new CodedError('payments.receivable_changed', await changedSince(db, principal, row));
  }
  await refuseStrangers(db, customerId, given);
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const after: typeof before = { ...before, ...named };
  if (after.amountMinor < receivedMinor) throw new CodedError('payments.below_received');
  await db
    .updateTable('receivable')
    .set({
      title: after.title,
      due_on: after.dueOn,
      amount_minor: after.amountMinor,
      contract_id: after.contractId,
      order_id: after.orderId,
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('receivable_id', '=', receivableId)
    .execute();
  await writeAudit(db, {
    action: 'receivable.updated',
    subject: 'receivable',
    subjectId: receivableId,
    changes: { ...changesBetween(before, after), rowVersion: [rowVersion, rowVersion + 1] },
  });
  await emitEvent(db, 'payment.changed', { customerId });
}

/** @throws CodedError payments.receivable_not_found, payments.received_conflict */
export async function deleteReceivable(db: Db, receivableId: number, now: Date): Promise<void> {
  const { customerId, receivedMinor } = await holdReceivable(db, receivableId);
  if (receivedMinor > 0) throw new CodedError('payments.received_conflict');
  await db
    .updateTable('receivable')
    .set({ deleted_at: now, row_version: sql`row_version + 1`, updated_at: now })
    .where('receivable_id', '=', receivableId)
    .execute();
  await writeAudit(db, { action: 'receivable.deleted', subject: 'receivable', subjectId: receivableId });
  await emitEvent(db, 'payment.changed', { customerId });
}
