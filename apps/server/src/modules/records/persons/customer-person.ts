import type { PersonalCustomerData, PersonFile } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { getCustomer, writeTokens } from '../customers/index.js';
import { keepMarks, markedNumber } from '../erased-marks.js';
import { filesOfPerson, forgetImportFiles, importsOfPerson } from './forget-files.js';
import { forgetImports, formerWords } from './forget-imports.js';
import { accessTrail, erasePerson, exportPerson, type Erasing } from './person-data.js';

/** What a file for one person holds of each kind at most. */
const mostRows = 10_000;

/** What stands in the file beside name, contacts and audit, the newest first. */
const recordsInFile = {
  orders: `order_no as "orderNo", ordered_on as "orderedOn", amount_minor as "amountMinor", currency
    from customer_order where customer_id = :id order by ordered_on desc, order_id desc`,
  contracts: `contract_no as "contractNo", title, status, signed_on as "signedOn", starts_on as "startsOn",
    ends_on as "endsOn", amount_minor as "amountMinor", currency, terms
    from contract where customer_id = :id and deleted_at is null order by starts_on desc, contract_id desc`,
  receivables: `title, due_on as "dueOn", amount_minor as "amountMinor", received_minor as "receivedMinor", currency
    from receivable where customer_id = :id and deleted_at is null order by due_on desc, receivable_id desc`,
  payments: `payment_no as "paymentNo", received_on as "receivedOn", amount_minor as "amountMinor", currency, method, note
    from payment where customer_id = :id and deleted_at is null order by received_on desc, payment_id desc`,
  notes: `kind, noted_on as "notedOn", title, detail, status, said_by as "saidBy"
    from customer_note where customer_id = :id and deleted_at is null order by noted_on desc, customer_note_id desc`,
  interactions: `kind, happened_at as "happenedAt", summary, outcome, next_step as "nextStep"
    from interaction where customer_id = :id and deleted_at is null order by happened_at desc, interaction_id desc`,
} as const;
type RecordsInFile = Record<keyof typeof recordsInFile, Record<string, unknown>[]>;

async function recordsOf(db: Db, customerId: number): Promise<RecordsInFile> {
  const found: [string, Record<string, unknown>[]][] = [];
  for (const [name, text] of Object.entries(recordsInFile)) {
    const asked = sql.raw(text.replace(':id', String(customerId)));
    const { rows } = await sql<Record<string, unknown>>`select ${asked} limit ${mostRows}`.execute(db);
    found.push([name, rows]);
  }
  return Object.fromEntries(found) as RecordsInFile;
}

async function livingContacts(db: Db, customerId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('contact')
    .where('customer_id', '=', customerId)
    .where('erased_at', 'is', null)
    .select('contact_id')
    .orderBy('contact_id')
    .execute();
  return rows.map((row) => row.contact_id);
}

/**
 * Everything that is kept of a customer who is a person, for that person. That it was given out is on record before it leaves.
 * @throws CodedError customers.not_found, contacts.reveal_forbidden
 */
export async function exportCustomerPerson(
  db: Db,
  principal: Principal,
  customerId: number,
  now: Date,
): Promise<PersonalCustomerData> {
  const found = await getCustomer(db, principal.fieldRules, customerId);
  const id = found.customerId;
  const records = await recordsOf(db, id);
  const contacts = [];
  for (const contactId of await livingContacts(db, id)) {
    contacts.push(await exportPerson(db, principal, contactId, now));
  }
  const files = await filesOfPerson(db, id, null);
  const audit = await accessTrail(db, principal, 'customer', id);
  await writeAudit(db, { action: 'person.exported', subject: 'customer', subjectId: id });
  const { customerNo, name, shortName, legalName, creditCode, registryNo, addresses, custom, tags } = found;
  const customer = {
    customerId: id,
    customerNo,
    name,
    shortName,
    legalName,
    creditCode,
    registryNo,
    addresses,
    custom,
    tags,
  };
  return { exportedAt: now.toISOString(), customer, contacts, ...records, files, audit };
}

/** Names and numbers of one customer, and of those that were merged into it. */
async function wordsOfCustomer(db: Db, customerId: number): Promise<string[]> {
  const { rows } = await sql<{ word: string | null }>`
    select unnest(array[name, short_name, legal_name, registry_no]) as word
    from customer where customer_id = ${customerId}::bigint
    union select merged_name from customer_merge where customer_id = ${customerId}::bigint
    union select value #>> '{}' from customer c, jsonb_each(c.custom)
      where c.customer_id = ${customerId}::bigint and jsonb_typeof(value) = 'string'
    union select line from customer_profile p, jsonb_to_recordset(p.addresses) as one(line text)
      where p.customer_id = ${customerId}::bigint`.execute(db);
  return rows
    .flatMap(({ word }) => (word !== null && Array.from(word).length >= 2 ? [word] : []))
    .toSorted((a, b) => b.length - a.length);
}

/** What an undo would bring back. */
async function forgetBefore(db: Db, customerId: number, now: Date): Promise<void> {
  const of = sql`where customer_id = ${customerId}::bigint`;
  await sql`update customer_merge set merged_row = '{}', fields = '{}', merged_name = '#' || merged_id,
    undo_until = least(undo_until, ${now}::timestamptz) ${of}`.execute(db);
  await sql`delete from bulk_edit_change ${of}`.execute(db);
  await sql`update customer_profile set addresses = '[]', tags = '{}', source = null ${of}`.execute(db);
}

/**
 * Takes a customer who is a person out of everything that is kept, with the contacts: the customer becomes a number without a
 * name; orders, payments, contracts and the chain of the audit stay. It cannot be undone.
 * @param db sees all; the caller has seen to the right and that the customer is in sight
 * @throws CodedError customers.not_found; persons.is_company for one with a credit code or in a register of companies
 */
export async function eraseCustomerPerson(
  db: Db,
  customerId: number,
  erasing: Erasing,
): Promise<{
  customerId: number;
  contacts: number;
  texts: number;
  auditEntries: number;
  files: PersonFile[];
}> {
  const { reason, now, mark } = erasing;
  const customer = await db
    .selectFrom('customer')
    .select(['customer_no', 'name', 'short_name', 'legal_name', 'credit_code', 'registry_no'])
    .where('customer_id', '=', customerId)
    .where('erased_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!customer) throw new CodedError('customers.not_found');
  if (customer.credit_code !== null || customer.registry_no !== null) {
    throw new CodedError('persons.is_company');
  }
  const former = await formerWords(db, 'customer', customerId);
  const words = [...new Set([...(await wordsOfCustomer(db, customerId)), ...former.names])].toSorted(
    (a, b) => b.length - a.length,
  );
  const contacts = await livingContacts(db, customerId);
  const done = { contacts: contacts.length, texts: 0, auditEntries: 0 };
  for (const contactId of contacts) {
    const { texts, auditEntries } = await erasePerson(db, contactId, erasing);
    done.texts += texts;
    done.auditEntries += auditEntries;
  }
  await keepMarks(db, mark, [markedNumber(customer.customer_no)], now);
  const own = [customer.name, customer.short_name, customer.legal_name].filter((name) => name !== null);
  const names = [...own, ...former.names];
  await forgetImportFiles(db, await importsOfPerson(db, customerId, null));
  const imports = await forgetImports(db, { customerId, contactId: null, names, words });
  await sql`
    update customer set name = ${`#${customerId}`}, short_name = null, legal_name = null, custom = '{}',
      customer_no = case when exists (select from unnest(${words}::text[]) word where strpos(customer_no, word) > 0)
        then ${`#${customerId}`} else customer_no end,
      erased_at = ${now}, row_version = row_version + 1, updated_at = ${now}
    where customer_id = ${customerId}::bigint`.execute(db);
  await forgetBefore(db, customerId, now);
  await writeTokens(db, [customerId]);
  const texts = await sql<{ count: number }>`
    select erase_words(${customerId}::bigint, ${words}::text[]) as count`.execute(db);
  const kept = ['rowVersion', 'ownerId', 'teamId', 'parentCustomerId'];
  const entries = await sql<{ count: number }>`
    select erase_audit_changes('customer', ${[String(customerId)]}::text[], ${kept}::text[]) as count`.execute(
    db,
  );
  done.texts += imports + (texts.rows[0]?.count ?? 0);
  done.auditEntries += entries.rows[0]?.count ?? 0;
  await writeAudit(db, {
    action: 'person.erased',
    subject: 'customer',
    subjectId: customerId,
    changes: { reason, ...done },
  });
  await emitEvent(db, 'customer.erased', { customerId });
  return { customerId, ...done, files: await filesOfPerson(db, customerId, null) };
}
