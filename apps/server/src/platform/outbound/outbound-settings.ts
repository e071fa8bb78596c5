import type { OutboundSettings, OutboundSettingsPatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../audit/write-audit.js';
import type { SecretBox } from '../auth/secret-box.js';
import type { Db } from '../db/scoped-db.js';

/** How the program reaches the outside. The password of the mail server is never read back. */
export async function readOutbound(db: Db): Promise<OutboundSettings> {
  const row = await db.selectFrom('outbound_setting').selectAll().executeTakeFirstOrThrow();
  return {
    mailHost: row.mail_host,
    mailPort: row.mail_port,
    mailSecurity: row.mail_security as OutboundSettings['mailSecurity'],
    mailUser: row.mail_user,
    hasMailPassword: row.mail_password !== null,
    mailFrom: row.mail_from,
    pageAddress: row.page_address,
    allowedHosts: row.allowed_hosts,
    rowVersion: row.row_version,
  };
}

/** Hosts of the company's own network that may be called; none unless an administrator named them. */
export async function readAllowedHosts(db: Db): Promise<string[]> {
  const row = await db.selectFrom('outbound_setting').select('allowed_hosts').executeTakeFirst();
  return row?.allowed_hosts ?? [];
}

/** @throws CodedError settings.changed */
export async function changeOutbound(
  db: Db,
  box: SecretBox,
  { rowVersion, mailPassword, ...change }: OutboundSettingsPatch,
  now: Date,
): Promise<OutboundSettings> {
  const before = await readOutbound(db);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const after = { ...before, ...given };
  const password = typeof mailPassword === 'string' ? box.seal(mailPassword) : mailPassword;
  const updated = await db
    .updateTable('outbound_setting')
    .set({
      mail_host: after.mailHost,
      mail_port: after.mailPort,
      mail_security: after.mailSecurity,
      mail_user: after.mailUser,
      mail_from: after.mailFrom,
      page_address: after.pageAddress,
      allowed_hosts: after.allowedHosts,
      ...(password === undefined ? {} : { mail_password: password }),
      row_version: sql<number>`row_version + 1`,
      updated_at: now,
    })
    .where('row_version', '=', rowVersion)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new CodedError('settings.changed');
  await writeAudit(db, {
    action: 'outbound.changed',
    subject: 'outbound',
    changes: {
      ...changesBetween({ ...before }, given),
      ...(password === undefined ? {} : { mailPassword: true }),
    },
  });
  return readOutbound(db);
}
