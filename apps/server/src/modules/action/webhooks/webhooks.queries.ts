import type { DeliveryQuery, DeliveryRow, WebhookRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { Principal } from '../../../platform/http/kezi-app.js';

type Condition = RawBuilder<SqlBool>;

/** Administrators keep everybody's; others their own, whatever customers they see. */
const keptBy = (principal: Principal, table: 'w' | 'd'): Condition =>
  principal.role === 'administrator'
    ? sql`true`
    : sql`${sql.ref(`${table}.created_by`)} = ${principal.userId}::int`;

/** Webhooks that the reader keeps, the newest first. */
export async function findWebhooks(
  db: Db,
  principal: Principal,
  which: Condition = sql`true`,
): Promise<WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select w.webhook_id as "webhookId", w.name, w.url, w.events, w.is_active as "isActive",
      w.failing_since as "failingSince", w.paused_at as "pausedAt", w.pause_reason as "pauseReason",
      w.created_by as "createdById", u.name as "createdByName", w.row_version as "rowVersion",
      (select count(*) from delivery d where d.webhook_id = w.webhook_id and d.status = 'waiting')::int as waiting,
      (select count(*) from delivery d where d.webhook_id = w.webhook_id and d.status = 'dead'
        and d.kind <> 'test')::int as dead,
      (select max(d.finished_at) from delivery d where d.webhook_id = w.webhook_id and d.status = 'sent') as "lastSentAt"
    from webhook w join colleague u on u.user_id = w.created_by
    where ${keptBy(principal, 'w')} and ${which} order by w.webhook_id desc`.execute(db);
  return rows;
}

/** @throws CodedError webhooks.not_found, also for one of somebody else */
export async function getWebhook(db: Db, principal: Principal, webhookId: number): Promise<WebhookRow> {
  const [row] = await findWebhooks(db, principal, sql`w.webhook_id = ${webhookId}::int`);
  if (!row) throw new CodedError('webhooks.not_found');
  return row;
}

function conditionsOf(query: DeliveryQuery): Condition[] {
  const all: Condition[] = [];
  if (query.channel !== undefined) all.push(sql`d.channel = ${query.channel}`);
  if (query.status !== undefined) all.push(sql`d.status = ${query.status}`);
  if (query.webhookId !== undefined) all.push(sql`d.webhook_id = ${query.webhookId}::int`);
  if (query.robotId !== undefined) all.push(sql`d.robot_id = ${query.robotId}::int`);
  if (query.cursor !== undefined) {
    const [id] = decodeCursor(query.cursor, 1);
    if (!Number.isSafeInteger(id)) throw new CodedError('app.cursor_invalid');
    all.push(sql`d.delivery_id < ${id}::bigint`);
  }
  return all;
}

/** Deliveries with their attempts, the newest first. */
async function findDeliveries(
  db: Db,
  principal: Principal,
  which: readonly Condition[],
  limit: number,
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select d.delivery_id as "deliveryId", d.channel, d.kind, d.status, coalesce(w.name, r.name, u.name) as receiver,
      d.message, d.due_at as "dueAt", d.created_at as "createdAt", d.finished_at as "finishedAt",
      d.status = 'dead' and d.replayed_at is null as "canReplay",
      coalesce((select jsonb_agg(jsonb_build_object('status', a.status, 'error', a.error, 'answer', a.answer,
          'milliseconds', a.milliseconds, 'attemptedAt',
          to_char(a.attempted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by a.delivery_attempt_id)
        from delivery_attempt a where a.delivery_id = d.delivery_id), '[]') as attempts
    from delivery d left join webhook w on w.webhook_id = d.webhook_id left join robot r on r.robot_id = d.robot_id
      left join colleague u on u.user_id = d.user_id
    where ${sql.join([keptBy(principal, 'd'), ...which], sql` and `)}
    order by d.delivery_id desc limit ${limit}`.execute(db);
  return rows;
}

/** @throws CodedError app.cursor_invalid */
export async function listDeliveries(db: Db, principal: Principal, query: DeliveryQuery) {
  const found = await findDeliveries(db, principal, conditionsOf(query), query.limit + 1);
  const items = found.slice(0, query.limit);
  const last = found.length > query.limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.deliveryId]) : null };
}

/** @throws CodedError webhooks.delivery_not_found */
export async function getDelivery(db: Db, principal: Principal, deliveryId: number): Promise<DeliveryRow> {
  const [row] = await findDeliveries(db, principal, [sql`d.delivery_id = ${deliveryId}::bigint`], 1);
  if (!row) throw new CodedError('webhooks.delivery_not_found');
  return row;
}
