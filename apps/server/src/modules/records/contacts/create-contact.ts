import { mostContacts, type ContactInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { holdCustomer } from '../hold-customer.js';
import {
  columnsOf,
  leavePrimary,
  refuseReportsTo,
  stateAfter,
  tellContact,
  writeContactTokens,
} from './write-contact.js';

async function refuseCrowd(db: Db, customerId: number): Promise<void> {
  const row = await db
    .selectFrom('contact')
    .where('customer_id', '=', customerId)
    .where('deleted_at', 'is', null)
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (row.count >= mostContacts) throw new CodedError('contacts.too_many', { limit: mostContacts });
}

/**
 * Adds a person to a customer.
 * @returns the id
 * @throws CodedError customers.not_found, persons.erased, contacts.phone_unreadable, contacts.mail_unreadable, contacts.primary_left,
 *   contacts.reports_to_unknown, contacts.too_many
 */
export async function createContact(
  db: Db,
  customerId: number,
  input: ContactInput,
  now: Date,
): Promise<number> {
  const customer = await holdCustomer(db, customerId);
  if (customer.isErased) throw new CodedError('persons.erased');
  const state = stateAfter(null, input);
  await refuseCrowd(db, customerId);
  if (state.reportsToId !== null) await refuseReportsTo(db, customerId, null, state.reportsToId);
  if (state.isPrimary) await leavePrimary(db, customerId, null);
  const { contact_id: contactId } = await db
    .insertInto('contact')
    .values({
      customer_id: customerId,
      ...columnsOf(state),
      created_at: now,
      updated_at: now,
    })
    .returning('contact_id')
    .executeTakeFirstOrThrow();
  await writeContactTokens(db, contactId, customerId, state);
  await writeAudit(db, {
    action: 'contact.created',
    subject: 'contact',
    subjectId: contactId,
    changes: { customerId: [null, customerId], name: [null, state.name] },
  });
  await tellContact(db, customerId, contactId);
  return contactId;
}
