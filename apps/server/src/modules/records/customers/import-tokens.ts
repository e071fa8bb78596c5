import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { customerTokens } from './customer-tokens.js';

export interface NamedCustomer {
  customerId: number;
  customerNo: string;
  name: string;
  shortName: string | null;
  ownerId: number | null;
  teamId: number | null;
}

/** So many names take some 10 ms; then others have their turn. */
const namesATime = 500;

/** Writes the words under which the customers are found, in place of those they had. */
export async function writeTokens(db: Db, customers: readonly NamedCustomer[]): Promise<void> {
  for (let at = 0; at < customers.length; at += namesATime) {
    const some = customers.slice(at, at + namesATime);
    const rows = some.flatMap((customer) => customerTokens(customer).map((token) => ({ token, customer })));
    const ids = some.map((customer) => customer.customerId);
    await sql`delete from customer_token where customer_id = any (${ids}::bigint[])`.execute(db);
    await sql`insert into customer_token (token, customer_id, owner_id, team_id)
      select token, customer_id, owner_id, team_id from ${unnest('t', {
        token: { type: 'text', values: rows.map((row) => row.token) },
        customer_id: { type: 'bigint', values: rows.map((row) => row.customer.customerId) },
        owner_id: { type: 'int', values: rows.map((row) => row.customer.ownerId) },
        team_id: { type: 'int', values: rows.map((row) => row.customer.teamId) },
      })}`.execute(db);
  }
}
