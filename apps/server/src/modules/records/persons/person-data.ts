import type { PersonalData, PersonFile } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { getContact, revealContact } from '../contacts/index.js';
import { keepMarks, markedContact } from '../erased-marks.js';
import { customerOfPerson, listConsents } from './consents.js';
import { filesOfPerson, forgetImportFiles, importsOfPerson } from './forget-files.js';
import { forgetImports, formerWords } from './forget-imports.js';

/** Who did what with the data of a person, the newest first. */
export async function accessTrail(
  db: Db,
  principal: Principal,
  subject: 'contact' | 'customer',
  id: number,
): Promise<Record<string, unknown>[]> {
  const { rows } = await withAllRows(db, principal, () =>
    sql<Record<string, unknown>>`
      select a.action, a.recorded_at as "recordedAt", u.name as "by"
      from audit_entry a left join colleague u on u.user_id = a.user_id
      where a.subject = ${subject} and a.subject_id = ${String(id)}
      order by a.audit_entry_id desc limit 10000`.execute(db),
  );
  return rows;
}

/**
 * Everything that is kept of one person. That it was given out is on record before it leaves.
 * @throws CodedError contacts.not_found, contacts.reveal_forbidden
 */
export async function exportPerson(
  db: Db,
  principal: Principal,
  contactId: number,
  now: Date,
): Promise<PersonalData> {
  const customerId = await customerOfPerson(db, contactId);
  const masked = await getContact(db, principal, contactId);
  const person = { ...masked, ...(await revealContact(db, principal, contactId)) };
  const { rows: interactions } = await sql<Record<string, unknown>>`
    select interaction_id as "interactionId", kind, happened_at as "happenedAt", summary, outcome,
      next_step as "nextStep"
    from interaction
    where customer_id = ${customerId}::bigint and ${contactId}::bigint = any (contact_ids)
    order by happened_at desc limit 10000`.execute(db);
  const audit = await accessTrail(db, principal, 'contact', contactId);
  await writeAudit(db, { action: 'person.exported', subject: 'contact', subjectId: contactId });
  return {
    exportedAt: now.toISOString(),
    person,
    consents: await listConsents(db, contactId),
    interactions,
    files: await filesOfPerson(db, customerId, contactId),
    audit,
  };
}

/** Too short to be looked for in texts: it would be in every other word. */
const shortestWord = 2;

interface Known {
  customer_id: number;
  name: string;
  phones: string[];
  mails: string[];
  wechat: string | null;
}

/** What the person is known by, the longest first, so that a part is not masked before the whole. */
function wordsOf(contact: Known, former: readonly string[]): string[] {
  const phones = contact.phones.flatMap((phone) => [phone, phone.replaceAll(/\D/g, '')]);
  const words = [
    contact.name,
    ...phones,
    ...contact.mails,
    ...former,
    ...(contact.wechat === null ? [] : [contact.wechat]),
  ];
  return [...new Set(words)]
    .filter((word) => Array.from(word).length >= shortestWord)
    .sort((a, b) => b.length - a.length);
}

/** How a person is erased. */
export interface Erasing {
  /** Without their data. */
  reason: string;
  now: Date;
  /** Marks with the secret of the data folder. */
  mark: (text: string) => string;
}

/**
 * Takes a person out of everything that is kept: the contact becomes a number without a name, texts of the customer lose
 * what the person was called and reached by, entries of the audit lose their content and keep their place in the chain.
 * Orders, amounts and what others did stay as they are. It cannot be undone.
 * @param db sees all; the caller has seen to the right and that the contact is in sight
 * @throws CodedError contacts.not_found
 */
export async function erasePerson(
  db: Db,
  contactId: number,
  { reason, now, mark }: Erasing,
): Promise<{ contactId: number; texts: number; auditEntries: number; files: PersonFile[] }> {
  const contact = await db
    .selectFrom('contact')
    .select(['customer_id', 'name', 'phones', 'mails', 'wechat'])
    .where('contact_id', '=', contactId)
    .where('erased_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!contact) throw new CodedError('contacts.not_found');
  const former = await formerWords(db, 'contact', contactId);
  const words = wordsOf(contact, [...former.names, ...former.ways]);
  const { name, phones, mails, wechat, customer_id: customerId } = contact;
  const ways = [...phones, ...mails, ...(wechat === null ? [] : [wechat])];
  await keepMarks(db, mark, markedContact({ customerId, name, ways }), now);
  await sql`
    update contact set name = ${`#${contactId}`}, title = null, department = null, phones = '{}', mails = '{}',
      wechat = null, decision_role = null, influence = null, attitude = null, birthday = null, notes = null,
      custom = '{}', is_primary = false, reports_to_id = null, left_on = coalesce(left_on, ${now}::timestamptz::date),
      deleted_at = coalesce(deleted_at, ${now}), erased_at = ${now}, row_version = row_version + 1, updated_at = ${now}
    where contact_id = ${contactId}::bigint`.execute(db);
  await sql`delete from contact_token where contact_id = ${contactId}::bigint`.execute(db);
  // By these the customer is compared with others; what comes of the customer's own name is not the person's.
  await sql`
    delete from customer_key k where k.customer_id = ${contact.customer_id}::bigint and k.key not like 'n:%'
      and exists (select from unnest(${words}::text[]) word where strpos(k.key, word) > 0)`.execute(db);
  await sql`update contact_consent set source = null where contact_id = ${contactId}::bigint`.execute(db);
  const texts = await sql<{ count: number }>`
    select erase_words(${contact.customer_id}::bigint, ${words}::text[]) as count`.execute(db);
  const kept = ['rowVersion', 'purpose', 'basis', 'givenOn', 'customerId'];
  const entries = await sql<{ count: number }>`
    select erase_audit_changes('contact', ${[String(contactId)]}::text[], ${kept}::text[]) as count`.execute(
    db,
  );
  await forgetImportFiles(db, await importsOfPerson(db, customerId, contactId));
  const imports = await forgetImports(db, { customerId, contactId, names: [name, ...former.names], words });
  const done = { texts: (texts.rows[0]?.count ?? 0) + imports, auditEntries: entries.rows[0]?.count ?? 0 };
  await writeAudit(db, {
    action: 'person.erased',
    subject: 'contact',
    subjectId: contactId,
    changes: { reason, ...done },
  });
  return { contactId, ...done, files: await filesOfPerson(db, customerId, contactId) };
}
