import type { ContactInput, DecisionRole } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { writeKeys } from '../customers/index.js';
import { contactTokens } from './contact-tokens.js';
import { closesCircle, readMail, readPhone } from './contacts.rules.js';

/** What is kept of a contact beside whose it is. */
export interface ContactState {
  name: string;
  title: string | null;
  department: string | null;
  phones: string[];
  mails: string[];
  wechat: string | null;
  decisionRole: DecisionRole | null;
  influence: number | null;
  attitude: number | null;
  reportsToId: number | null;
  isPrimary: boolean;
  leftOn: string | null;
  birthday: string | null;
  notes: string | null;
  custom: unknown;
}

const empty: Omit<ContactState, 'name'> = {
  title: null,
  department: null,
  phones: [],
  mails: [],
  wechat: null,
  decisionRole: null,
  influence: null,
  attitude: null,
  reportsToId: null,
  isPrimary: false,
  leftOn: null,
  birthday: null,
  notes: null,
  custom: {},
};

/**
 * The state with what is given. Whoever has left is nobody's first contact any more.
 * @throws CodedError contacts.phone_unreadable, contacts.mail_unreadable, contacts.primary_left
 */
export function stateAfter(
  before: ContactState | null,
  given: { [Field in keyof ContactInput]?: ContactInput[Field] | undefined },
): ContactState {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const after = { ...empty, ...before, ...named } as ContactState;
  if (given.phones !== undefined) after.phones = [...new Set(given.phones.map(readPhone))];
  if (given.mails !== undefined) after.mails = [...new Set(given.mails.map(readMail))];
  if (after.leftOn === null || !after.isPrimary) return after;
  if (given.isPrimary === true) throw new CodedError('contacts.primary_left');
  return { ...after, isPrimary: false };
}

/** @throws CodedError contacts.reports_to_unknown, contacts.reports_to_circle */
export async function refuseReportsTo(
  db: Db,
  customerId: number,
  contactId: number | null,
  reportsToId: number,
): Promise<void> {
  const rows = await db
    .selectFrom('contact')
    .where('customer_id', '=', customerId)
    .where('deleted_at', 'is', null)
    .select(['contact_id', 'reports_to_id'])
    .execute();
  const lines = new Map(rows.map((row) => [row.contact_id, row.reports_to_id]));
  if (!lines.has(reportsToId)) throw new CodedError('contacts.reports_to_unknown');
  if (contactId !== null && closesCircle(lines, contactId, reportsToId)) {
    throw new CodedError('contacts.reports_to_circle');
  }
}

/** Takes the place of the first contact from whoever has it. */
export async function leavePrimary(db: Db, customerId: number, except: number | null): Promise<void> {
  const { rows } = await sql<{ contactId: number; rowVersion: number }>`
    update contact set is_primary = false, row_version = row_version + 1
    where customer_id = ${customerId}::bigint and is_primary and contact_id is distinct from ${except}::bigint
    returning contact_id as "contactId", row_version as "rowVersion"`.execute(db);
  for (const { contactId, rowVersion } of rows) {
    await writeAudit(db, {
      action: 'contact.updated',
      subject: 'contact',
      subjectId: contactId,
      changes: { isPrimary: [true, false], rowVersion: [rowVersion - 1, rowVersion] },
    });
  }
}

/** The columns of a state, under their names in the table. */
export function columnsOf(state: ContactState) {
  return {
    name: state.name,
    title: state.title,
    department: state.department,
    phones: state.phones,
    mails: state.mails,
    wechat: state.wechat,
    decision_role: state.decisionRole,
    influence: state.influence,
    attitude: state.attitude,
    reports_to_id: state.reportsToId,
    is_primary: state.isPrimary,
    left_on: state.leftOn,
    birthday: state.birthday,
    notes: state.notes,
    custom: JSON.stringify(state.custom),
  };
}

/** Writes the words under which a contact is found, and what it tells of its customer, in place of those there were. */
export async function writeContactTokens(
  db: Db,
  contactId: number,
  customerId: number,
  state: Pick<ContactState, 'name' | 'phones' | 'mails'>,
): Promise<void> {
  const tokens = contactTokens(state);
  await writeKeys(db, [customerId]);
  await db.deleteFrom('contact_token').where('contact_id', '=', contactId).execute();
  if (tokens.length === 0) return;
  await sql`
    insert into contact_token (token, contact_id) select token, ${contactId}::bigint
    from unnest(${tokens}::text[]) as t(token)`.execute(db);
}

export function tellContact(db: Db, customerId: number, contactId: number): Promise<void> {
  return emitEvent(db, 'contact.changed', { customerId, contactId });
}
