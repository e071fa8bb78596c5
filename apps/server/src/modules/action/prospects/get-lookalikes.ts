import type { Lookalikes } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Among } from '../../records/customers/index.js';
import { latestRun } from './latest-run.js';

const mostListed = 30;

/**
 * Customers of the middle who look today like those looked a year ago who are among the best now, as the last run found them:
 * learnt from all customers, listed as far as the reader sees.
 */
export async function getLookalikes(db: Db, among: Among): Promise<Lookalikes> {
  const run = await latestRun(db);
  if (run === null || run.model === null)
    return { asOf: run?.asOf ?? null, lack: run?.lack ?? null, model: null, items: [] };
  const { rows } = await sql<Lookalikes['items'][number]>`
    select l.customer_id as "customerId", c.customer_no as "customerNo", c.name, u.name as "ownerName", t.name as "tierName",
      e.clv, l.probability, l.because
    from lookalike l join customer c on c.customer_id = l.customer_id
      left join register_entry e on e.customer_id = l.customer_id left join colleague u on u.user_id = l.owner_id
      left join tier t on t.tier_id = e.tier_id
    where ${among('l.customer_id')}
    order by l.probability desc, l.customer_id limit ${mostListed}`.execute(db);
  return { ...run, items: rows };
}
