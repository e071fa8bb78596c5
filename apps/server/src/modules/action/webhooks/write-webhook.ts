import { randomBytes } from 'node:crypto';
import type { WebhookEvent, WebhookMade, WebhookRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { SecretBox } from '../../../platform/auth/secret-box.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { readAllowedHosts } from '../../../platform/outbound/outbound-settings.js';
import { checkTarget } from '../../../platform/outbound/send-outside.js';
import { getWebhook } from './webhooks.queries.js';
import { secretPrefix } from './webhooks.rules.js';

/** More than a company has programs to tell; each is asked at every event. */
const mostWebhooks = 50;

interface Writer {
  principal: Principal;
  box: SecretBox;
  now: Date;
}

const newSecret = () => `${secretPrefix}${randomBytes(32).toString('base64url')}`;

/** @throws CodedError webhooks.too_many, outbound.url_invalid, outbound.not_encrypted, outbound.address_refused */
export async function createWebhook(
  db: Db,
  wish: { name: string; url: string; events: readonly WebhookEvent[] },
  { principal, box, now }: Writer,
): Promise<WebhookMade> {
  checkTarget(wish.url, await readAllowedHosts(db));
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from webhook`.execute(db);
  if ((rows[0]?.count ?? 0) >= mostWebhooks)
    throw new CodedError('webhooks.too_many', { most: mostWebhooks });
  const secret = newSecret();
  const { webhook_id: webhookId } = await db
    .insertInto('webhook')
    .values({
      name: wish.name,
      url: wish.url,
      events: [...wish.events],
      secret: box.seal(secret),
      created_by: principal.userId,
      created_at: now,
      updated_at: now,
    })
    .returning('webhook_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'webhook.created',
    subject: 'webhook',
    subjectId: webhookId,
    changes: { name: wish.name, host: new URL(wish.url).host, events: wish.events },
  });
  return { webhook: await getWebhook(db, principal, webhookId), secret };
}

interface Patch {
  name?: string | undefined;
  url?: string | undefined;
  events?: WebhookEvent[] | undefined;
  isActive?: boolean | undefined;
  rowVersion: number;
}

/**
 * Changes a webhook; switching it on ends its pause. Whoever changes where it leads becomes its maker: nobody gets to see by
 * it what another may.
 * @throws CodedError webhooks.not_found, webhooks.changed, outbound.*
 */
export async function changeWebhook(
  db: Db,
  webhookId: number,
  { rowVersion, ...patch }: Patch,
  { principal, now }: Writer,
): Promise<WebhookRow> {
  const before = await getWebhook(db, principal, webhookId);
  if (patch.url !== undefined) checkTarget(patch.url, await readAllowedHosts(db));
  const leadsElsewhere = patch.url !== undefined && patch.url !== before.url;
  const updated = await db
    .updateTable('webhook')
    .set({
      name: patch.name ?? before.name,
      url: patch.url ?? before.url,
      events: patch.events ?? before.events,
      is_active: patch.isActive ?? before.isActive,
      ...(patch.isActive === true ? { paused_at: null, pause_reason: null, failing_since: null } : {}),
      ...(leadsElsewhere ? { created_by: principal.userId } : {}),
      row_version: sql<number>`row_version + 1`,
      updated_at: now,
    })
    .where('webhook_id', '=', webhookId)
    .where('row_version', '=', rowVersion)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new CodedError('webhooks.changed');
  const { url, ...open } = patch;
  await writeAudit(db, {
    action: 'webhook.changed',
    subject: 'webhook',
    subjectId: webhookId,
    changes: {
      ...changesBetween({ ...before }, open),
      ...(url !== undefined && leadsElsewhere ? { host: [new URL(before.url).host, new URL(url).host] } : {}),
    },
  });
  return getWebhook(db, principal, webhookId);
}

/** Takes another secret; the one before holds no longer. */
export async function renewSecret(
  db: Db,
  webhookId: number,
  { principal, box, now }: Writer,
): Promise<WebhookMade> {
  await getWebhook(db, principal, webhookId);
  const secret = newSecret();
  await db
    .updateTable('webhook')
    .set({ secret: box.seal(secret), row_version: sql<number>`row_version + 1`, updated_at: now })
    .where('webhook_id', '=', webhookId)
    .execute();
  await writeAudit(db, { action: 'webhook.secret_renewed', subject: 'webhook', subjectId: webhookId });
  return { webhook: await getWebhook(db, principal, webhookId), secret };
}

/** Removes it with its history. */
export async function removeWebhook(db: Db, webhookId: number, principal: Principal): Promise<void> {
  const { name } = await getWebhook(db, principal, webhookId);
  await db.deleteFrom('webhook').where('webhook_id', '=', webhookId).execute();
  await writeAudit(db, {
    action: 'webhook.removed',
    subject: 'webhook',
    subjectId: webhookId,
    changes: { name },
  });
}
