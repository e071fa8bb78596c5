import { sql } from 'kysely';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import type { Detector } from './detector.js';

/** Two months without a word to one of the best fifth. */
const silenceDays = 60;
const bestShare = 0.8;
/** Assumed, as no order tells it: what a lost touch costs of the chance of staying. Stated with the warning. */
const assumedFallOfSilence = 0.1;
const assumedFallOfLeaving = 0.3;

/** Nobody of ours has spoken with one of the best customers for long; only where somebody once did. */
export const contactGap: Detector = {
  id: 'contact-gap',
  name: { 'zh-CN': '久未联系', 'en-US': 'No contact for long' },
  isOn: true,
  dueDays: 5,
  minutes: 20,
  quietDays: 14,
  past: { kind: 'records', tables: ['interaction'] },
  clock: 'orders',
  growing: 'silenceDays',
  // The cut of a run stays: sorting a million values takes a second.
  prepare: async (db, { runId }, before) => {
    if (before?.['runId'] === runId) return before;
    const { rows } = await sql<{ cut: number | null }>`
      select percentile_cont(${bestShare}) within group (order by clv) as cut from customer_score
      where valuation_run_id = ${runId}::bigint`.execute(db);
    return { runId, cut: rows[0]?.cut ?? null };
  },
  find: ({ runId, asOf, threshold, prepared, among }) => sql`
    select s.customer_id, case when t.silence >= ${silenceDays * threshold}::float8 then t.silence / ${silenceDays}::float8 end as score,
      s.clv * ${assumedFallOfSilence} as at_risk,
      jsonb_build_object('silenceDays', t.silence, 'assumedFall', ${assumedFallOfSilence}::float8) as evidence,
      case when t.silence < ${silenceDays * threshold}::float8
        then ${asOf}::date + greatest(1, floor(${silenceDays * threshold}::float8)::int - t.silence) end as wake_on,
      ${asOf}::date - t.silence as grows_from, ${silenceDays}::float8 as grows_days
    from (
      select customer_id, ${asOf}::date - ${organisationDay(sql`max(happened_at)`)} as silence from interaction
      where deleted_at is null and kind <> 'note' and ${sql.raw(among('customer_id'))} group by customer_id) t
    join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = t.customer_id
    where s.clv >= ${prepared['cut'] ?? null}::float8`,
};

/** Who leaves is news for a quarter. */
const newsDays = 90;
const muchInfluence = 4;

/** Somebody who decides, speaks for us or has much influence has left, and nobody is known in the place. */
export const keyContactLeft: Detector = {
  id: 'key-contact-left',
  name: { 'zh-CN': '关键联系人离开', 'en-US': 'Key contact left' },
  isOn: true,
  dueDays: 5,
  minutes: 45,
  quietDays: 180,
  past: { kind: 'records', tables: ['contact'] },
  clock: 'orders',
  find: ({ runId, asOf, among }) => sql`
    select customer_id, case when left_on <= ${asOf}::date then 1::float8 end as score, clv * ${assumedFallOfLeaving} as at_risk,
      jsonb_build_object('contact', name, 'role', decision_role, 'leftOn', left_on,
        'assumedFall', ${assumedFallOfLeaving}::float8) as evidence, wake_on
    from (
      select c.customer_id, c.name, c.decision_role, c.left_on, s.clv,
        min(case when c.left_on <= ${asOf}::date then c.left_on + ${newsDays + 1}::int else c.left_on end)
          over (partition by c.customer_id) as wake_on,
        row_number() over (partition by c.customer_id
          order by c.left_on <= ${asOf}::date desc, c.influence desc nulls last, c.left_on desc, c.contact_id) as place
      from contact c
      join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = c.customer_id
      where c.deleted_at is null and c.left_on >= ${asOf}::date - ${newsDays}::int and ${sql.raw(among('c.customer_id'))}
        and (c.decision_role in ('decider', 'sponsor') or c.influence >= ${muchInfluence})
        and not exists (
          select from contact other
          where other.customer_id = c.customer_id and other.deleted_at is null and other.left_on is null
            and (other.decision_role = c.decision_role or other.influence >= ${muchInfluence}))) gone
    where place = 1`,
};
