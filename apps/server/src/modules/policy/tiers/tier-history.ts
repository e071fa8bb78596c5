import type { CustomerTierHistory, Tier } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { mustSeeCustomer } from '../../records/customers/index.js';
import {
  decisionsOf,
  fatesOf,
  factsOf,
  nameThen,
  resultsOf,
  tiersById,
  type DecisionRow,
  type FateRow,
  type ResultRow,
} from './get-customer-tier.js';
import { snapshotOf } from './runs.queries.js';
import { tierPeriods } from './tier-periods.rules.js';

type Periods = CustomerTierHistory['items'];

const isWithin = (day: string, { from, to }: { from: string; to: string | null }) =>
  from <= day && (to === null || day < to);

function periodsOf(
  results: readonly ResultRow[],
  decisions: readonly DecisionRow[],
  fates: readonly FateRow[],
  tiers: Map<number, Tier>,
): Periods {
  const items = tierPeriods(factsOf(results, decisions)).flatMap((period) => {
    const tier = tiers.get(period.tierId);
    if (!tier) return [];
    const result = results.find((row) => row.effectiveOn <= period.from);
    const snapshot = result ? snapshotOf(result.snapshot) : null;
    const decision = decisions.find(
      (each) =>
        each.kind === period.kind && each.toTierId === period.tierId && each.effectiveOn <= period.from,
    );
    const refused =
      period.kind === 'policy'
        ? fates.find(
            ({ status, decidedOn }) =>
              status === 'refused' && decidedOn !== null && isWithin(decidedOn, period),
          )
        : undefined;
    return [
      {
        from: period.from,
        to: period.to,
        tier,
        nameThen: nameThen(snapshot, period.tierId, tiers),
        source: period.kind,
        policyName: snapshot?.policyName ?? null,
        versionNo: snapshot?.versionNo ?? null,
        score: result ? result.score / 100 : null,
        note: refused ? refused.note : (decision?.reason ?? null),
        refusedByName: refused?.decidedByName ?? null,
      },
    ];
  });
  return items.reverse();
}

interface Merged {
  mergeId: number;
  customerNo: string;
  name: string;
  mergedAt: string;
}

/** Rows that a merge has set aside, because the customer that remained had its own. */
const setAside = (table: 'tier_result' | 'tier_decision', mergeId: number) => sql`(
  select row.* from customer_merge m, jsonb_array_elements(m.moved -> 'rows') kept,
    jsonb_populate_recordset(null::${sql.table(table)}, kept -> 'aside') row
  where m.customer_merge_id = ${mergeId}::bigint and kept ->> 'table' = ${table}) g`;

async function resultsSetAside(db: Db, mergeId: number): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    select r.tier_run_id as "tierRunId", r.tier_policy_id as "tierPolicyId", r.as_of as "asOf",
      r.effective_on as "effectiveOn", r.snapshot, g.score, g.computed_tier_id as "computedTierId",
      g.tier_id as "tierId", g.since, g.why, g.measured, g.points
    from ${setAside('tier_result', mergeId)} join tier_run r on r.tier_run_id = g.tier_run_id
    where r.in_force_at is not null order by r.effective_on desc, r.in_force_at desc`.execute(db);
  return rows;
}

async function decisionsSetAside(db: Db, mergeId: number): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select g.kind, g.tier_run_id as "tierRunId", g.to_tier_id as "toTierId", g.effective_on as "effectiveOn",
      coalesce(g.ended_on, g.expires_on) as until, g.expires_on as "expiresOn",
      coalesce(g.reason, g.note) as reason, u.name as "decidedByName"
    from ${setAside('tier_decision', mergeId)} left join colleague u on u.user_id = g.decided_by
    where g.decided_at is not null and g.status in ('approved', 'ended')
    order by g.effective_on, g.tier_decision_id`.execute(db);
  return rows;
}

/** What customers had that were merged into this one, as far as this one had its own tiers at the time. */
async function formerOf(
  db: Db,
  customerId: number,
  tiers: Map<number, Tier>,
): Promise<CustomerTierHistory['former']> {
  const { rows } = await sql<Merged>`
    select customer_merge_id as "mergeId", merged_no as "customerNo", merged_name as name, merged_at as "mergedAt"
    from customer_merge where customer_id = ${customerId}::bigint and undone_at is null
    order by merged_at desc limit 50`.execute(db);
  const former = [];
  for (const { mergeId, ...merged } of rows) {
    const items = periodsOf(
      await resultsSetAside(db, mergeId),
      await decisionsSetAside(db, mergeId),
      [],
      tiers,
    );
    if (items.length > 0) former.push({ ...merged, items });
  }
  return former;
}

/**
 * Every tier that the customer has had, the latest first, and those of customers that were merged into it.
 * @throws CodedError customers.not_found
 */
export async function customerTierHistory(
  db: Db,
  customerId: number,
  today: string,
): Promise<CustomerTierHistory> {
  await mustSeeCustomer(db, customerId);
  const tiers = await tiersById(db);
  const items = periodsOf(
    await resultsOf(db, customerId),
    await decisionsOf(db, customerId),
    await fatesOf(db, customerId),
    tiers,
  );
  const former = await formerOf(db, customerId, tiers);
  // What follows the end of a tier by hand is no history yet.
  const begun = (periods: Periods) => periods.filter(({ from }) => from <= today);
  return { items: begun(items), former: former.map((each) => ({ ...each, items: begun(each.items) })) };
}
