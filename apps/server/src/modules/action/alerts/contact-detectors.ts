import { sql } from 'kysely';
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
  isOn: true,
  dueDays: 5,
  minutes: 20,
  quietDays: 14,
  find: ({ runId, asOf, threshold }) => sql`
    select s.customer_id, (${asOf}::date - t.last_on) / ${silenceDays}::float8 as score,
      s.clv * ${assumedFallOfSilence} as at_risk,
      jsonb_build_object('silenceDays', ${asOf}::date - t.last_on, 'assumedFall', ${assumedFallOfSilence}::float8) as evidence
    from (
      select customer_id, max(happened_at)::date as last_on from interaction
      where deleted_at is null and kind <> 'note' group by customer_id) t
    join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = t.customer_id
    where ${asOf}::date - t.last_on >= ${silenceDays * threshold}::float8
      and s.clv >= (
        select percentile_cont(${bestShare}) within group (order by clv) from customer_score
        where valuation_run_id = ${runId}::bigint)`,
};

/** Who leaves is news for a quarter. */
const newsDays = 90;
const muchInfluence = 4;

/** Somebody who decides, speaks for us or has much influence has left, and nobody is known in the place. */
export const keyContactLeft: Detector = {
  id: 'key-contact-left',
  isOn: true,
  dueDays: 5,
  minutes: 45,
  quietDays: 180,
  find: ({ runId, asOf }) => sql`
    select customer_id, 1::float8 as score, clv * ${assumedFallOfLeaving} as at_risk,
      jsonb_build_object('contact', name, 'role', decision_role, 'leftOn', left_on,
        'assumedFall', ${assumedFallOfLeaving}::float8) as evidence
    from (
      select c.customer_id, c.name, c.decision_role, c.left_on, s.clv,
        row_number() over (partition by c.customer_id order by c.influence desc nulls last, c.left_on desc) as place
      from contact c
      join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = c.customer_id
      where c.deleted_at is null and c.left_on between ${asOf}::date - ${newsDays}::int and ${asOf}::date
        and (c.decision_role in ('decider', 'sponsor') or c.influence >= ${muchInfluence})
        and not exists (
          select from contact other
          where other.customer_id = c.customer_id and other.deleted_at is null and other.left_on is null
            and (other.decision_role = c.decision_role or other.influence >= ${muchInfluence}))) gone
    where place = 1`,
};
