import type { ContactPatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { withoutRestricted, withUnseenKept } from '../../../platform/http/field-wall.rules.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { changedSince } from '../changed-since.js';
import { holdCustomer } from '../hold-customer.js';
import { waysMasked } from './contacts.rules.js';
import {
  columnsOf,
  leavePrimary,
  refuseReportsTo,
  stateAfter,
  tellContact,
  writeContactTokens,
  type ContactState,
} from './write-contact.js';

/** @throws CodedError contacts.not_found */
export async function customerOfContact(db: Db, contactId: number, isDeleted: boolean): Promise<number> {
  const row = await db
    .selectFrom('contact')
    .where('contact_id', '=', contactId)
    .where('deleted_at', isDeleted ? 'is not' : 'is', null)
    .where('erased_at', 'is', null)
    .select('customer_id')
    .executeTakeFirst();
  if (!row) throw new CodedError('contacts.not_found');
  return row.customer_id;
}

async function readState(db: Db, contactId: number): Promise<{ state: ContactState; rowVersion: number }> {
  const row = await db
    .selectFrom('contact')
    .where('contact_id', '=', contactId)
    .where('deleted_at', 'is', null)
    .select([
      'name',
      'title',
      'department',
      'phones',
      'mails',
      'wechat',
      'decision_role as decisionRole',
      'influence',
      'attitude',
      'reports_to_id as reportsToId',
      'is_primary as isPrimary',
      'left_on as leftOn',
      'birthday',
      'notes',
      'custom',
      'row_version as rowVersion',
    ])
    .$castTo<ContactState & { rowVersion: number }>()
    .executeTakeFirst();
  if (!row) throw new CodedError('contacts.not_found');
  const { rowVersion, ...state } = row;
  return { state, rowVersion };
}

/** What the audit holds of a change: what not every reader of it may see is named, without its values. */
function auditedChanges(before: ContactState, after: ContactState): Record<string, unknown> {
  const plain = ({
    custom: _custom,
    notes: _notes,
    phones: _phones,
    mails: _mails,
    wechat: _wechat,
    ...rest
  }: ContactState) => rest;
  const hidden = (['phones', 'mails', 'wechat', 'notes', 'custom'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return {
    ...changesBetween(plain(before), plain(after)),
    ...Object.fromEntries(hidden.map((field) => [field, true])),
  };
}

/**
 * Changes what the patch names, if nobody has changed the contact since `rowVersion`.
 * @throws CodedError contacts.not_found, contacts.changed, contacts.phone_unreadable, contacts.mail_unreadable,
 *   contacts.primary_left, contacts.reports_to_unknown, contacts.reports_to_circle, fields.restricted_forbidden
 */
export async function updateContact(
  db: Db,
  principal: Principal,
  contactId: number,
  patch: ContactPatch,
  now: Date,
): Promise<void> {
  const customer = await holdCustomer(db, await customerOfContact(db, contactId, false));
  const { customerId } = customer;
  const { state: before, rowVersion } = await readState(db, contactId);
  const { rowVersion: seen, ...given } = patch;
  if (seen !== rowVersion) {
    const change = await changedSince(db, principal, {
      subject: 'contact',
      subjectId: contactId,
      rowVersion: seen,
    });
    throw new CodedError('contacts.changed', change);
  }
  const { fieldRules } = principal;
  const shown = withoutRestricted(waysMasked(before), fieldRules) as ContactState;
  const after = stateAfter(before, withUnseenKept(fieldRules, given, before, shown));
  if (after.reportsToId !== null && after.reportsToId !== before.reportsToId) {
    await refuseReportsTo(db, customerId, contactId, after.reportsToId);
  }
  if (after.isPrimary) await leavePrimary(db, customerId, contactId);
  await db
    .updateTable('contact')
    .set({ ...columnsOf(after), row_version: sql`row_version + 1`, updated_at: now })
    .where('contact_id', '=', contactId)
    .execute();
  await writeContactTokens(db, contactId, customerId, after);
  await writeAudit(db, {
    action: 'contact.updated',
    subject: 'contact',
    subjectId: contactId,
    changes: { ...auditedChanges(before, after), rowVersion: [rowVersion, rowVersion + 1] },
  });
  await tellContact(db, customerId, contactId);
}
