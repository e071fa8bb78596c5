import type { EventType, KeziEvents, WebhookEvent } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Occurrence } from '../../../platform/events/listen-to.js';

/** One thing that webhooks are told of. */
export interface Told {
  type: WebhookEvent;
  /** Within its event: the same thing has the same key. */
  key: string;
  /** Whose it is: told to whom may see the customer. Null for what is the company's. */
  customerId: number | null;
  /** Numbers, days and codes; no name, and no amount that a role may be kept from. */
  data: Readonly<Record<string, unknown>>;
}

/** Of one event no more is told than this; the rest is one message with their count. */
export const mostAtOnce = 500;

type Teller<Type extends EventType> = (
  db: Db,
  payload: KeziEvents[Type],
  occurrence: Occurrence,
) => Promise<Told[]>;

/** The moment at which the last run of detectors before an event wrote its warnings: they carry the same. */
const runBefore = ({ recordedAt }: Occurrence) => sql`(
  select created_at from warning_run where created_at <= ${recordedAt}::timestamptz + interval '1 millisecond'
  order by created_at desc limit 1)`;

interface WarningFact {
  warningId: number;
  customerId: number;
  detectorId: string;
  status: string;
  dueOn: string;
  raisedOn: string;
}

const warningTold = (type: WebhookEvent, { customerId, ...fact }: WarningFact): Told => ({
  type,
  key: `warning ${fact.warningId}`,
  customerId,
  data: { customerId, ...fact },
});

const warningColumns = sql`
  warning_id as "warningId", customer_id as "customerId", detector_id as "detectorId", status, due_on as "dueOn",
  raised_on as "raisedOn"`;

/** Warnings that a run raised, the most valuable first, and those that it found gone. */
const warningsOfRun: Teller<'warnings.ran'> = async (db, _payload, occurrence) => {
  const raised = await sql<WarningFact>`
    select ${warningColumns} from warning where created_at = ${runBefore(occurrence)} order by value_at_risk desc`.execute(
    db,
  );
  const gone = await sql<WarningFact>`
    select ${warningColumns} from warning where status = 'gone' and closed_at = ${runBefore(occurrence)}`.execute(
    db,
  );
  return [
    ...raised.rows.map((row) => warningTold('warning.raised', row)),
    ...gone.rows.map((row) => warningTold('warning.settled', row)),
  ];
};

const settledWarning: Teller<'warning.settled'> = async (db, { warningId, status }) => {
  const { rows } = await sql<WarningFact>`
    select ${warningColumns} from warning where warning_id = ${warningId}::bigint`.execute(db);
  return rows.map((row) => warningTold('warning.settled', { ...row, status }));
};

/** Customers whose tier is another one now. */
const changedTiers: Teller<'tier.enforced'> = async (db, { tierRunId, previousRunId }) => {
  const { rows } = await sql<{ customerId: number; tierId: number | null; previousTierId: number | null }>`
    select customer_id as "customerId", now.tier_id as "tierId", before.tier_id as "previousTierId"
    from customer_tier_of(${tierRunId}::bigint) now
      full join customer_tier_of(${previousRunId}::bigint) before using (customer_id)
    where now.tier_id is distinct from before.tier_id order by customer_id`.execute(db);
  return rows.map((row) => ({
    type: 'tier.changed' as const,
    key: `customer ${row.customerId}`,
    customerId: row.customerId,
    data: { ...row, tierRunId },
  }));
};

const movedTiers: Teller<'tier.moved'> = (_db, { moves }) =>
  Promise.resolve(
    moves.map((move) => ({
      type: 'tier.changed' as const,
      key: `customer ${move.customerId}`,
      customerId: move.customerId,
      data: { ...move, tierRunId: null },
    })),
  );

const movedCustomers: Teller<'customer.transferred'> = async (db, { transferId }) => {
  const { rows } = await sql<{ customerId: number; ownerId: number | null; previousOwnerId: number | null }>`
    select distinct on (customer_id) customer_id as "customerId", holder_id as "ownerId",
      previous_holder_id as "previousOwnerId"
    from ownership_period where transfer_id = ${transferId}::bigint
    order by customer_id, started_at desc`.execute(db);
  return rows.map((row) => ({
    type: 'customer.transferred' as const,
    key: `customer ${row.customerId}`,
    customerId: row.customerId,
    data: { ...row, transferId },
  }));
};

/** An event about one customer, told as it is. */
const ofCustomer =
  <Type extends 'contact.changed' | 'interaction.changed' | 'contract.changed' | 'payment.changed'>(
    type: Type,
  ): Teller<Type> =>
  (_db, payload) =>
    Promise.resolve([
      { type, key: `customer ${payload.customerId}`, customerId: payload.customerId, data: { ...payload } },
    ]);

const changedTask: Teller<'task.changed'> = async (db, { taskId }) => {
  const row = await db
    .selectFrom('task')
    .select(['customer_id as customerId', 'status', 'due_on as dueOn'])
    .where('task_id', '=', taskId)
    .executeTakeFirst();
  // Without a customer it is its writer's own.
  if (row === undefined || row.customerId === null) return [];
  return [
    { type: 'task.changed', key: `task ${taskId}`, customerId: row.customerId, data: { taskId, ...row } },
  ];
};

/** The company's own: nobody's customers are named. */
const ofCompany =
  <Type extends 'import.finished' | 'score.published'>(type: WebhookEvent): Teller<Type> =>
  (_db, payload) =>
    Promise.resolve([{ type, key: 'one', customerId: null, data: { ...payload } }]);

/** What the house tells itself, and what of it goes out. */
export const tellers: { [Type in EventType]?: { tells: readonly WebhookEvent[]; tell: Teller<Type> } } = {
  'warnings.ran': { tells: ['warning.raised', 'warning.settled'], tell: warningsOfRun },
  'warning.settled': { tells: ['warning.settled'], tell: settledWarning },
  'tier.enforced': { tells: ['tier.changed'], tell: changedTiers },
  'tier.moved': { tells: ['tier.changed'], tell: movedTiers },
  'customer.transferred': { tells: ['customer.transferred'], tell: movedCustomers },
  'score.published': { tells: ['valuation.published'], tell: ofCompany('valuation.published') },
  'contact.changed': { tells: ['contact.changed'], tell: ofCustomer('contact.changed') },
  'interaction.changed': { tells: ['interaction.changed'], tell: ofCustomer('interaction.changed') },
  'contract.changed': { tells: ['contract.changed'], tell: ofCustomer('contract.changed') },
  'payment.changed': { tells: ['payment.changed'], tell: ofCustomer('payment.changed') },
  'task.changed': { tells: ['task.changed'], tell: changedTask },
  'import.finished': { tells: ['import.finished'], tell: ofCompany('import.finished') },
};
