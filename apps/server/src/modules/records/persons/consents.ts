import type { Consent, consentInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { z } from 'zod';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';

/** @throws CodedError contacts.not_found, also for a contact that the reader may not see */
export async function customerOfPerson(db: Db, contactId: number): Promise<number> {
  const row = await db
    .selectFrom('contact')
    .select('customer_id')
    .where('contact_id', '=', contactId)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new CodedError('contacts.not_found');
  return row.customer_id;
}

/** @throws CodedError contacts.not_found */
export async function listConsents(db: Db, contactId: number): Promise<Consent[]> {
  await customerOfPerson(db, contactId);
  const rows = await db
    .selectFrom('contact_consent')
    .select([
      'contact_consent_id as consentId',
      'purpose',
      'basis',
      'given_on as givenOn',
      'withdrawn_on as withdrawnOn',
      'source',
    ])
    .where('contact_id', '=', contactId)
    .orderBy('contact_consent_id')
    .limit(500)
    .execute();
  return rows as Consent[];
}

/** @throws CodedError contacts.not_found */
export async function giveConsent(
  db: Db,
  contactId: number,
  wish: z.output<typeof consentInput>,
): Promise<Consent> {
  const contact = await db
    .selectFrom('contact')
    .innerJoin('customer', 'customer.customer_id', 'contact.customer_id')
    .select(['customer.customer_id', 'customer.owner_id', 'customer.team_id'])
    .where('contact_id', '=', contactId)
    .where('contact.erased_at', 'is', null)
    .executeTakeFirst();
  if (!contact) throw new CodedError('contacts.not_found');
  const { purpose, basis, givenOn } = wish;
  const source = wish.source ?? null;
  const made = await db
    .insertInto('contact_consent')
    .values({ ...contact, contact_id: contactId, purpose, basis, given_on: givenOn, source })
    .returning('contact_consent_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'consent.given',
    subject: 'contact',
    subjectId: contactId,
    changes: { purpose, basis, givenOn },
  });
  return { consentId: made.contact_consent_id, purpose, basis, givenOn, withdrawnOn: null, source };
}

/** @throws CodedError persons.consent_not_found */
export async function withdrawConsent(db: Db, consentId: number, today: string): Promise<void> {
  const row = await db
    .updateTable('contact_consent')
    .set({ withdrawn_on: today })
    .where('contact_consent_id', '=', consentId)
    .where('withdrawn_on', 'is', null)
    .where('given_on', '<=', today)
    .returning(['contact_id', 'purpose'])
    .executeTakeFirst();
  if (!row) throw new CodedError('persons.consent_not_found');
  await writeAudit(db, {
    action: 'consent.withdrawn',
    subject: 'contact',
    subjectId: row.contact_id,
    changes: { purpose: row.purpose },
  });
}
