import { sql } from 'kysely';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import { owedPhases } from '../../policy/clocks/index.js';
import { creditOf } from '../../policy/entitlements/index.js';
import type { Detector } from './detector.js';

/** Assumed, as no order tells it: what a promise that is not kept costs of the chance of staying. Stated with the warning. */
const assumedFallOfLateness = 0.15;

/**
 * An answer or a solution that the tier was promised is owed for longer than that. Score: days since its time; whoever waits for
 * several things is warned of by what is late the longest.
 */
export const serviceLate: Detector = {
  id: 'service-late',
  name: { 'zh-CN': '答复超时', 'en-US': 'Answer or solution late' },
  isOn: true,
  dueDays: 1,
  minutes: 30,
  quietDays: 7,
  past: { kind: 'fact' },
  clock: 'calendar',
  growing: 'lateDays',
  find: ({ runId, today, threshold, among }) => sql`
    select customer_id, case when late >= ${threshold}::float8 then late::float8 end as score,
      clv * ${assumedFallOfLateness} as at_risk,
      jsonb_build_object('phase', phase, 'lateDays', late, 'waiting', waiting, 'assumedFall', ${assumedFallOfLateness}::float8)
        as evidence,
      -- Whoever is late: until the next thing is.
      ${today}::date + case when late >= ${threshold}::float8 then 1 - next_late
        else greatest(1, ceil(${threshold}::float8)::int - late) end as wake_on,
      ${today}::date - late as grows_from, 1::float8 as grows_days
    from (
      select p.customer_id, p.phase, p.late, coalesce(s.clv, 0) as clv,
        count(*) filter (where p.late > 0) over (partition by p.customer_id) as waiting,
        max(p.late) filter (where p.late <= 0) over (partition by p.customer_id) as next_late,
        row_number() over (partition by p.customer_id order by p.late desc, p.service_clock_id, p.phase) as place
      from (
        select customer_id, service_clock_id, phase,
          ${today}::date - ${organisationDay(sql.ref('due_at'))} as late
        from (${owedPhases}) owed where ${sql.raw(among('owed.customer_id'))}) p
      left join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = p.customer_id) first
    where place = 1`,
};

/** A customer owes more than the limit of its tier. Score: what is open by the limit. At risk: what is beyond it. */
export const creditExceeded: Detector = {
  id: 'credit-exceeded',
  name: { 'zh-CN': '超过信用额度', 'en-US': 'Over the credit limit' },
  isOn: true,
  dueDays: 3,
  minutes: 30,
  quietDays: 14,
  past: { kind: 'fact' },
  clock: 'calendar',
  // Who gets which limit changes with the tiers in force and with the promises, which mark no customer.
  prepare: async (db) => {
    const { rows } = await sql<{ run: number | null; limits: string | null }>`
      select (select tier_run_id from tier_run where status = 'in_force') as run,
        (select string_agg(p.tier_id || ' ' || p.quantity, ',' order by p.tier_id, p.entitlement_id)
          from tier_entitlement p join entitlement e on e.entitlement_id = p.entitlement_id
          where e.kind = 'credit-limit') as limits`.execute(db);
    return { tierRunId: rows[0]?.run ?? null, limits: rows[0]?.limits ?? null };
  },
  find: ({ currency, minorUnit, threshold, among }) => sql`
    select customer_id, max(share) as score, max(open_minor - limit_minor) / ${minorUnit}::float8 as at_risk,
      jsonb_build_object('exposureAmount', max(open_minor) / ${minorUnit}::float8,
        'limitAmount', min(limit_minor) / ${minorUnit}::float8) as evidence, null::date as wake_on
    from (
      select l.*, open_minor / nullif(limit_minor, 0)::float8 as share
      from (${creditOf({ currency, minorUnit })}) l where ${sql.raw(among('l.customer_id'))}) credit
    where share >= ${threshold}::float8 group by customer_id`,
};
