import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { customerKeys, type Identity } from '../identity/index.js';
import { customerTokens } from './customer-tokens.js';

interface NamedCustomer extends Identity {
  customerId: number;
  customerNo: string;
  formerNumbers: string[];
}

/** So many names take some 20 ms; then others have their turn. */
const namesATime = 500;
/** Free fields in which people keep numbers and addresses. */
const phoneFields = ['phone', '电话', '联系电话', '手机', '公司电话'];
const addressFields = ['email', 'website', '邮箱', '网址', '官网', '公司网站', '网站'];
/** More contacts than these tell no more of who the customer is. */
const contactsLooked = 10;

/** Whether a change of the free fields changes what a customer is known by. */
export const identityFields: readonly string[] = [...phoneFields, ...addressFields, 'taxNumber'];

async function readNamed(db: Db, customerIds: readonly number[]): Promise<NamedCustomer[]> {
  const texts = (fields: readonly string[]) => sql`array(
    select c.custom ->> f from unnest(${[...fields]}::text[]) f where c.custom ->> f is not null)`;
  const { rows } = await sql<NamedCustomer>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.name, c.legal_name as "legalName",
      c.short_name as "shortName", coalesce(c.credit_code, c.custom ->> 'taxNumber') as "creditCode",
      c.registry_country as "registryCountry", c.registry_no as "registryNo",
      array(select a.customer_no from customer_alias a where a.customer_id = c.customer_id) as "formerNumbers",
      ${texts(phoneFields)} || coalesce(p.phones, '{}') as phones,
      ${texts(addressFields)} || coalesce(p.mails, '{}') as addresses
    from customer c left join lateral (
      select array_agg(phone) filter (where phone is not null) as phones,
        array_agg(mail) filter (where mail is not null) as mails
      from (select phones[1] as phone, mails[1] as mail from contact
        where customer_id = c.customer_id and deleted_at is null order by contact_id limit ${contactsLooked}) looked
    ) p on true
    where c.customer_id = any (${[...customerIds]}::bigint[])`.execute(db);
  return rows;
}

/** Writes the words under which the customers are found and the keys by which they are compared, in place of the old ones. */
export async function writeTokens(db: Db, customerIds: readonly number[]): Promise<void> {
  for (let at = 0; at < customerIds.length; at += namesATime) {
    const some = await readNamed(db, customerIds.slice(at, at + namesATime));
    await writeWords(db, some);
    await replaceKeys(db, some);
  }
}

/** The keys alone, where nothing that is searched for has changed. */
export async function writeKeys(db: Db, customerIds: readonly number[]): Promise<void> {
  for (let at = 0; at < customerIds.length; at += namesATime) {
    await replaceKeys(db, await readNamed(db, customerIds.slice(at, at + namesATime)));
  }
}

/**
 * Looks each customer up by the index. Asked for all of them at once, a planner without statistics, as it is within the first
 * import of a company, expects half of the table and reads it whole for every few hundred customers.
 */
async function removeRows(
  db: Db,
  table: 'customer_token' | 'customer_key',
  customerIds: readonly number[],
): Promise<void> {
  await sql`
    delete from ${sql.id(table)} where ctid = any (array(
      select known.ctid from unnest(${[...customerIds]}::bigint[]) as asked (customer_id) cross join lateral (
        select ctid from ${sql.id(table)} as one where one.customer_id = asked.customer_id offset 0) as known))`.execute(
    db,
  );
}

async function writeWords(db: Db, customers: readonly NamedCustomer[]): Promise<void> {
  const rows = customers.flatMap((customer) => {
    const others = [customer.creditCode, customer.registryNo, ...customer.formerNumbers];
    const otherNumbers = others.filter((number) => number !== null);
    return customerTokens({ ...customer, otherNumbers }).map((token) => ({ token, customer }));
  });
  const ids = customers.map((customer) => customer.customerId);
  await removeRows(db, 'customer_token', ids);
  await sql`insert into customer_token (token, customer_id)
    select token, customer_id from ${unnest('t', {
      token: { type: 'text', values: rows.map((row) => row.token) },
      customer_id: { type: 'bigint', values: rows.map((row) => row.customer.customerId) },
    })}`.execute(db);
}

async function replaceKeys(db: Db, customers: readonly NamedCustomer[]): Promise<void> {
  const rows = customers.flatMap((customer) => customerKeys(customer).map((key) => ({ ...key, customer })));
  const ids = customers.map((customer) => customer.customerId);
  await removeRows(db, 'customer_key', ids);
  await sql`insert into customer_key (key, region, customer_id)
    select key, region, customer_id from ${unnest('k', {
      key: { type: 'text', values: rows.map((row) => row.key) },
      region: { type: 'text', values: rows.map((row) => row.region) },
      customer_id: { type: 'bigint', values: rows.map((row) => row.customer.customerId) },
    })} on conflict do nothing`.execute(db);
}
