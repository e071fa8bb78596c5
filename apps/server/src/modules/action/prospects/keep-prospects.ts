import type { PoachingReason } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import { unnest } from '../../../platform/db/unnest.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { lastOrderDay } from '../../insight/valuation/index.js';
import { judgeLookalikes } from './judge-lookalikes.js';
import { halfYear, signsOn } from './poaching-signs.js';

/** Less than half is lost. */
const lostShare = 0.5;

const pastSigns: Readonly<Record<PoachingReason, RawBuilder<unknown>>> = {
  'spend-falling': sql`falling`,
  'price-complaint': sql`complained_on`,
  competitor: sql`competitor`,
  'contract-ending': sql`ending_on`,
};

/** The signs of today and those of half a year ago, with what became within it of those who had them. */
async function keepPoaching(db: Db, asOf: string): Promise<number> {
  const then = sql`(${asOf}::date - ${halfYear}::int)`;
  const names = Object.entries(pastSigns).map(
    ([name, column]) => sql`case when past.${column} is not null then ${name}::text end`,
  );
  await db.deleteFrom('poaching_sign').execute();
  const { numAffectedRows = 0n } = await sql`
    insert into poaching_sign (customer_id, owner_id, team_id, falling, complained_on, competitor, ending_on, past_signs, is_lost)
    select c.customer_id, c.owner_id, c.team_id, now.falling, now.complained_on, now.competitor, now.ending_on,
      case when past.customer_id is not null then array_remove(array[${sql.join(names)}], null) end,
      case when past.customer_id is not null then coalesce(after.spend, 0) < ${lostShare}::float8 * past.late end
    from (${signsOn(sql`${asOf}::date`, false)}) now
    full join (${signsOn(then, true)}) past on past.customer_id = now.customer_id
    join customer c on c.customer_id = coalesce(now.customer_id, past.customer_id)
    left join (
      select customer_id, sum(base_amount_minor)::float8 as spend from customer_order
      where ordered_on > ${then} and ordered_on <= ${asOf}::date group by customer_id) after
      on after.customer_id = past.customer_id
    -- Who has no sign and had no past says nothing.
    where past.customer_id is not null
      or num_nonnulls(now.falling, now.complained_on, now.competitor, now.ending_on) > 0`.execute(db);
  return Number(numAffectedRows);
}

async function keepLookalikes(db: Db, asOf: string) {
  const { judged, ...learnt } = await judgeLookalikes(db, asOf);
  await db.deleteFrom('lookalike').execute();
  await sql`
    insert into lookalike (customer_id, owner_id, team_id, probability, because)
    select c.customer_id, c.owner_id, c.team_id, l.probability, string_to_array(l.because, ',')
    from ${unnest('l', {
      customer_id: { type: 'bigint', values: judged.map(({ customerId }) => customerId) },
      probability: { type: 'float8', values: judged.map(({ probability }) => probability) },
      because: { type: 'text', values: judged.map(({ because }) => because.join(',')) },
    })} join customer c on c.customer_id = l.customer_id`.execute(db);
  return { model: 'model' in learnt ? learnt.model : learnt, judged: judged.length };
}

/**
 * Finds anew who may be won over by others and who may rise. Readers see what was kept before or this, never a mix.
 * @returns customers kept; null before the first order
 */
export async function keepProspects(
  db: Db,
  today: string,
): Promise<{ poaching: number; lookalikes: number } | null> {
  const lastDay = await lastOrderDay(db);
  if (lastDay === null) return null;
  const asOf = lastDay < today ? lastDay : today;
  const poaching = await keepPoaching(db, asOf);
  const { model, judged } = await keepLookalikes(db, asOf);
  await db
    .insertInto('prospect_run')
    .values({ as_of: asOf, model: JSON.stringify(model) })
    .execute();
  return { poaching, lookalikes: judged };
}
