import { decisionRoles, type DecisionRole } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import type { RowFields } from '../../intake/imports/index.js';
import { writeKeys } from '../customers/index.js';
import { findMarked, markedContact } from '../erased-marks.js';
import { recordsImport, type KnownRecord, type RecordInput, type RecordKind } from '../import-records.js';
import { contactTokens } from './contact-tokens.js';
import { readMail, readPhone } from './contacts.rules.js';

const contactFields = [
  'customerId',
  'contactName',
  'title',
  'department',
  'phone',
  'email',
  'wechat',
  'decisionRole',
  'birthday',
  'note',
];

/** As people write them, besides the codes. */
const roleWords: Readonly<Record<DecisionRole, readonly string[]>> = {
  decider: ['决策者', '决策人', 'decider', 'decision maker'],
  influencer: ['影响者', '影响人', 'influencer'],
  user: ['使用者', '使用人', 'user'],
  gatekeeper: ['把关者', '把关人', 'gatekeeper'],
  sponsor: ['支持者', '支持人', 'sponsor'],
  opponent: ['反对者', '反对人', 'opponent'],
};

function roleOf(fields: RowFields): DecisionRole | null {
  const text = fields.text('decisionRole', 100);
  if (text === null) return null;
  const found = decisionRoles.find((role) => roleWords[role].includes(text.toLowerCase()));
  return found ?? fields.refuseChoice('decisionRole', text, roleWords);
}

/** Several in a cell, with signs between; the first that cannot be read refuses the row. */
function waysOf(
  fields: RowFields,
  field: 'phone' | 'email',
  read: (text: string) => string,
): string[] | null {
  const text = fields.text(field, 1000);
  if (text === null) return null;
  try {
    const parts = text.split(/[、,，;；|\n]/).map((part) => part.trim());
    return [...new Set(parts.filter((part) => part !== '').map(read))].slice(0, 10);
  } catch (error) {
    if (error instanceof CodedError) return fields.refuse(field, error.code, error.params);
    throw error;
  }
}

const plain = (name: string) => name.normalize('NFKC').replace(/\s+/gu, ' ').trim();

function readContact(fields: RowFields): RecordInput | null {
  const customerNo = fields.required('customerId', fields.id('customerId'));
  const name = fields.required('contactName', fields.text('contactName', 200));
  const columns = {
    title: fields.text('title', 200),
    department: fields.text('department', 200),
    phones: waysOf(fields, 'phone', readPhone),
    mails: waysOf(fields, 'email', readMail),
    wechat: fields.text('wechat', 100),
    decision_role: roleOf(fields),
    birthday: fields.day('birthday'),
    notes: fields.text('note', 4000),
  };
  if (customerNo === null || name === null || fields.refusal) return null;
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
  return { customerNo, key: `${customerNo}\n${plain(name)}`, columns: { name: plain(name), ...given } };
}

/** Words and keys of contacts that a batch has written, in place of those before. */
async function writeWords(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<{
    contactId: number;
    customerId: number;
    name: string;
    phones: string[];
    mails: string[];
  }>`
    select contact_id as "contactId", customer_id as "customerId", name, phones, mails
    from contact where contact_id = any (${[...ids]}::bigint[])`.execute(db);
  await sql`delete from contact_token where contact_id = any (${[...ids]}::bigint[])`.execute(db);
  const words = rows.flatMap((row) => contactTokens(row).map((token) => ({ token, row })));
  await sql`
    insert into contact_token (token, contact_id)
    select * from ${unnest('t', {
      token: { type: 'text', values: words.map(({ token }) => token) },
      contact_id: { type: 'bigint', values: words.map(({ row }) => row.contactId) },
    })}`.execute(db);
  await writeKeys(db, [...new Set(rows.map((row) => row.customerId))]);
}

/** Persons who were erased, whom the file would bring back. */
const resolve: NonNullable<RecordKind['resolve']> = async (db, wanted, { marks }) => {
  const texts = wanted.map(({ customer, input: { columns } }) => {
    const ways = [columns['phones'], columns['mails'], columns['wechat']].flat();
    return markedContact({
      customerId: customer.customerId,
      name: String(columns['name']),
      ways: ways.filter((way) => typeof way === 'string'),
    });
  });
  const marked = await findMarked(db, marks, texts.flat());
  return texts.map((own) =>
    own.some((text) => marked.has(text))
      ? { refusal: { field: 'contactName', code: 'imports.person_erased', params: {} } }
      : { columns: {} },
  );
};

/** A contact is known again by its customer and name; of two of one name the one that was there first. */
const find: RecordKind['find'] = async (db, wanted) => {
  const { rows } = await sql<Omit<KnownRecord, 'key'> & { name: string }>`
    select distinct on (c.customer_id, c.name) c.contact_id as id, c.customer_id as "customerId", c.name,
      to_jsonb(c) as row
    from contact c
    where c.deleted_at is null and c.customer_id = any (${wanted.map(({ customer }) => customer.customerId)}::bigint[])
      and c.name = any (${wanted.map(({ input }) => String(input.columns['name']))}::text[])
    order by c.customer_id, c.name, c.contact_id`.execute(db);
  const byPlace = new Map(rows.map(({ name, ...record }) => [`${record.customerId}\n${name}`, record]));
  return wanted.flatMap(({ key, customer, input }) => {
    const record = byPlace.get(`${customer.customerId}\n${String(input.columns['name'])}`);
    return record ? [{ ...record, key }] : [];
  });
};

export const contactsImport = recordsImport({
  kind: 'contacts',
  table: 'contact',
  id: 'contact_id',
  fields: contactFields,
  keyField: 'contactName',
  required: ['customerId', 'contactName'],
  blank: () => ({ phones: [], mails: [] }),
  read: readContact,
  resolve,
  find,
  follow: writeWords,
  isOfBooks: false,
  carriesOwner: false,
  inUse: `exists (select from interaction i where i.customer_id = r.customer_id and r.contact_id = any (i.contact_ids))
    or exists (select from contact_consent o where o.contact_id = r.contact_id)
    or exists (select from customer_note n where n.contact_id = r.contact_id)`,
});
