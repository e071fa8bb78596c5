import { limitKinds } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

const limits = [...limitKinds];

/** Units of an entitlement `e` promised by `p` that cost: a limit costs once a customer, whatever it is. */
export const costlyUnits: RawBuilder<number> = sql`case when p.quantity = 0 then 0
  when e.kind = any (${limits}::text[]) then 1 else p.quantity end`;

/** What a customer of each tier costs a year, minor units of the base currency. */
export async function costsOfTiers(db: Db): Promise<Map<number, number>> {
  const { rows } = await sql<{ tierId: number; cost: number }>`
    select p.tier_id as "tierId", sum(${costlyUnits} * e.unit_cost_minor)::float8 as cost
    from tier_entitlement p join entitlement e on e.entitlement_id = p.entitlement_id
    group by p.tier_id`.execute(db);
  return new Map(rows.map((row) => [row.tierId, row.cost]));
}
