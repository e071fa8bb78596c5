import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { holdCustomer } from '../hold-customer.js';
import { customerOfContact } from './update-contact.js';
import { tellContact } from './write-contact.js';

async function auditDeed(db: Db, contactId: number, action: 'contact.deleted' | 'contact.restored') {
  await writeAudit(db, { action, subject: 'contact', subjectId: contactId });
}

/**
 * Sets a contact aside: it is in no list and no search from then on, and comes back whole with `restoreContact`.
 * @throws CodedError contacts.not_found
 */
export async function deleteContact(db: Db, contactId: number, now: Date): Promise<void> {
  const { customerId } = await holdCustomer(db, await customerOfContact(db, contactId, false));
  await db
    .updateTable('contact')
    .set({ deleted_at: now, row_version: sql`row_version + 1`, updated_at: now })
    .where('contact_id', '=', contactId)
    .execute();
  await auditDeed(db, contactId, 'contact.deleted');
  await tellContact(db, customerId, contactId);
}

/**
 * Takes a deletion back. Who is the first contact meanwhile stays it.
 * @throws CodedError contacts.not_found where nothing was deleted
 */
export async function restoreContact(db: Db, contactId: number, now: Date): Promise<void> {
  const { customerId } = await holdCustomer(db, await customerOfContact(db, contactId, true));
  await sql`
    update contact c set deleted_at = null, row_version = row_version + 1, updated_at = ${now},
      is_primary = is_primary and not exists (
        select from contact other
        where other.customer_id = c.customer_id and other.is_primary and other.deleted_at is null)
    where contact_id = ${contactId}::bigint`.execute(db);
  await auditDeed(db, contactId, 'contact.restored');
  await tellContact(db, customerId, contactId);
}
