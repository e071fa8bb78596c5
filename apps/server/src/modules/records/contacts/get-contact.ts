import type { ContactRow, ContactWays } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { waysMasked } from './contacts.rules.js';

/** A contact `c` as the tables hold it, with its customer's name and that of the person it reports to. */
export const contactColumns = sql`
  c.contact_id as "contactId", c.customer_id as "customerId", cu.name as "customerName", cu.owner_id as "ownerId",
  c.name, c.title, c.department, c.phones, c.mails, c.wechat, c.decision_role as "decisionRole", c.influence,
  c.attitude, boss.contact_id as "reportsToId", boss.name as "reportsToName", c.is_primary as "isPrimary",
  c.left_on as "leftOn", c.birthday, c.notes, c.custom, c.row_version as "rowVersion",
  c.created_at as "createdAt", c.updated_at as "updatedAt"`;

export const contactSource = sql`
  contact c join customer cu on cu.customer_id = c.customer_id
  left join contact boss on boss.contact_id = c.reports_to_id and boss.deleted_at is null`;

export type FullContact = Omit<ContactRow, 'mayReveal'> & { ownerId: number | null };

/** Who may have phones, mails and WeChat in full: the customer's owner, and whoever may for other people's customers. */
function mayReveal(principal: Principal, ownerId: number | null): boolean {
  if (principal.fieldRules.ways !== undefined) return false;
  if (!principal.permissions.has('contacts:reveal')) return false;
  return ownerId === principal.userId || principal.permissions.has('contacts:reveal-others');
}

/** What leaves the server in lists and answers, whoever asks; also to the person who has typed it. */
export function masked(principal: Principal, { ownerId, ...contact }: FullContact): ContactRow {
  return {
    ...waysMasked(contact),
    mayReveal: mayReveal(principal, ownerId),
  };
}

async function findContact(db: Db, contactId: number): Promise<FullContact> {
  const { rows } = await sql<FullContact>`
    select ${contactColumns} from ${contactSource}
    where c.contact_id = ${contactId}::bigint and c.deleted_at is null`.execute(db);
  const row = rows[0];
  if (!row) throw new CodedError('contacts.not_found');
  return row;
}

/** @throws CodedError contacts.not_found, also for a contact that the reader may not see */
export async function getContact(db: Db, principal: Principal, contactId: number): Promise<ContactRow> {
  return masked(principal, await findContact(db, contactId));
}

/**
 * Phones, mails and WeChat of one contact in full; that they were shown is on record before they leave.
 * @throws CodedError contacts.not_found, contacts.reveal_forbidden
 */
export async function revealContact(db: Db, principal: Principal, contactId: number): Promise<ContactWays> {
  const { ownerId, phones, mails, wechat } = await findContact(db, contactId);
  if (!mayReveal(principal, ownerId)) throw new CodedError('contacts.reveal_forbidden');
  await writeAudit(db, { action: 'contact.revealed', subject: 'contact', subjectId: contactId });
  return { phones, mails, wechat };
}
