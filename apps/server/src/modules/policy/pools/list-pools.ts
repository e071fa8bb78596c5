import type { PoolRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { dayIn } from '../../records/customers/index.js';
import { readSettings } from '../../people/settings/index.js';
import { dayOf, people } from './realm.js';

/**
 * The pools that concern the reader: those he may claim from, and those of departments he sees. With what he has taken today
 * and how much he holds, so that caps are seen before they are met.
 */
export async function listPools(db: Db, principal: Principal, now: Date): Promise<PoolRow[]> {
  const { timeZone } = await readSettings(db);
  const today = dayIn(timeZone, now);
  const me = principal.userId;
  const teamIds = [...principal.teamIds];
  const { rows } = await withAllRows(db, principal, () =>
    sql<PoolRow>`
      with recursive ${people}
      select p.pool_id as "poolId", p.team_id as "teamId", t.name as "teamName", p.claims_per_day as "claimsPerDay",
        p.holding_cap as "holdingCap", p.cool_down_days as "coolDownDays", p.protect_days as "protectDays",
        p.row_version as "rowVersion",
        (select count(*)::int from register_entry c where c.team_id = p.team_id and c.owner_id is null) as customers,
        exists (select from people who where who.pool_id = p.pool_id and who.user_id = ${me}) as "mayClaim",
        (${principal.scope === 'all'} or p.team_id = any (${teamIds}::int[])) as "seesCustomers",
        (select count(*)::int from ownership_period o where o.holder_id = ${me} and o.manner = 'claim'
          and o.pool_id = p.pool_id and ${dayOf(sql`o.started_at`, timeZone)} = ${today}::date) as "claimedToday",
        (select count(*)::int from register_entry c where c.owner_id = ${me}) as holding,
        coalesce((select jsonb_agg(jsonb_build_object('userId', m.user_id, 'name', u.name)
            order by u.name collate "zh-Hans-x-icu")
          from pool_member m join colleague u on u.user_id = m.user_id where m.pool_id = p.pool_id), '[]') as members
      from pool p join team t using (team_id)
      where ${principal.scope === 'all'} or p.team_id = any (${teamIds}::int[])
        or exists (select from people who where who.pool_id = p.pool_id and who.user_id = ${me})
      order by t.name collate "zh-Hans-x-icu", p.pool_id`.execute(db),
  );
  return rows;
}

/** @throws CodedError pools.not_found, also for a pool that does not concern the reader */
export async function getPool(db: Db, principal: Principal, poolId: number, now: Date): Promise<PoolRow> {
  const pool = (await listPools(db, principal, now)).find((one) => one.poolId === poolId);
  if (!pool) throw new CodedError('pools.not_found');
  return pool;
}
