import { sql } from 'kysely';
import type { Detector } from './detector.js';

/** Two weeks late is forgetting; from then on it is something else. */
const lateDays = 15;

/**
 * A bill is late. At risk: what is late in the base currency, not the value of the customer; bills in other currencies count
 * for the days alone.
 */
export const paymentLate: Detector = {
  id: 'payment-late',
  name: { 'zh-CN': '逾期未付', 'en-US': 'Payment late' },
  isOn: true,
  dueDays: 3,
  minutes: 20,
  quietDays: 14,
  past: { kind: 'records', tables: ['receivable'] },
  clock: 'calendar',
  growing: 'lateDays',
  find: ({ today, threshold, minorUnit, currency, among }) => sql`
    select customer_id, case when max(late) >= ${lateDays * threshold}::float8 then max(late) / ${lateDays}::float8 end as score,
      coalesce(sum(open_minor) filter (where late > 0 and is_base), 0) / ${minorUnit}::float8 as at_risk,
      jsonb_build_object('lateDays', max(late), 'bills', count(*) filter (where late > 0),
        'lateAmount', coalesce(sum(open_minor) filter (where late > 0 and is_base), 0) / ${minorUnit}::float8) as evidence,
      -- Whoever is late: until the next bill is.
      ${today}::date + case when max(late) >= ${lateDays * threshold}::float8 then 1 - max(late) filter (where late <= 0)
        else greatest(1, floor(${lateDays * threshold}::float8)::int - max(late)) end as wake_on,
      ${today}::date - max(late) as grows_from, ${lateDays}::float8 as grows_days
    from (
      select r.customer_id, ${today}::date - r.due_on as late, r.amount_minor - r.received_minor as open_minor,
        r.currency = ${currency} as is_base
      from receivable r
      where r.deleted_at is null and r.received_minor < r.amount_minor and ${sql.raw(among('r.customer_id'))}) open
    group by customer_id`,
};

/** Assumed, as for what no order tells: what an ending without a successor costs of the chance of staying. */
const assumedFallOfEnding = 0.25;

/**
 * A contract comes into its days of notice, and nothing follows it: no renewal by itself, no contract that runs longer. Score:
 * days of notice by days left, each with a day more, so that the last day is no division by nothing.
 */
export const contractEnding: Detector = {
  id: 'contract-ending',
  name: { 'zh-CN': '合同将到期', 'en-US': 'Contract ending' },
  isOn: true,
  dueDays: 7,
  minutes: 60,
  quietDays: 30,
  past: { kind: 'records', tables: ['contract'] },
  clock: 'calendar',
  find: ({ runId, today, threshold, among }) => sql`
    select customer_id, case when has_begun and score >= ${threshold}::float8 then score end as score,
      clv * ${assumedFallOfEnding} as at_risk,
      jsonb_build_object('contract', title, 'contractNo', contract_no, 'endsOn', ends_on, 'daysLeft', days_left,
        'assumedFall', ${assumedFallOfEnding}::float8) as evidence,
      greatest(${today}::date + 1, least(wake_on, first_end + 1)) as wake_on
    from (
      select k.*, coalesce(s.clv, 0) as clv, k.starts_on <= ${today}::date as has_begun, k.ends_on - ${today}::date as days_left,
        (k.notice_days + 1) / (k.ends_on - ${today}::date + 1)::float8 as score,
        min(greatest(k.starts_on, k.ends_on + 1 - ceil((k.notice_days + 1) / ${threshold}::float8)::int))
          over (partition by k.customer_id) as wake_on,
        min(k.ends_on) over (partition by k.customer_id) as first_end,
        row_number() over (partition by k.customer_id order by k.starts_on <= ${today}::date desc, k.ends_on, k.contract_id) as place
      from contract k
      left join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = k.customer_id
      where k.deleted_at is null and k.status = 'signed' and not k.is_renewed_by_itself and k.ends_on >= ${today}::date
        and ${sql.raw(among('k.customer_id'))}
        and not exists (
          select from contract later
          where later.customer_id = k.customer_id and later.deleted_at is null and later.status <> 'terminated'
            and later.contract_id <> k.contract_id and (later.ends_on is null or later.ends_on > k.ends_on))) ending
    where place = 1`,
};

/** What somebody wrote of a competitor is news for a quarter. */
const newsDays = 90;
/** Where nobody knows the share, a tenth is taken; more than half is not put down to one competitor. */
const assumedShare = 0.1;
const mostShare = 0.5;

/** A competitor was seen at the customer. At risk: the share that it has, of the value. */
export const competitorSeen: Detector = {
  id: 'competitor-seen',
  name: { 'zh-CN': '竞争对手出现', 'en-US': 'Competitor seen' },
  isOn: true,
  dueDays: 10,
  minutes: 45,
  quietDays: 90,
  isYesNo: true,
  past: { kind: 'records', tables: ['customer_note'] },
  clock: 'calendar',
  find: ({ runId, today, among }) => sql`
    select customer_id, case when noted_on <= ${today}::date then 1 + share end as score, clv * share as at_risk,
      jsonb_build_object('competitor', title, 'share', case when is_known then share end, 'notedOn', noted_on) as evidence, wake_on
    from (
      select n.customer_id, n.title, n.noted_on, s.clv, n.share_percent is not null as is_known,
        least(${mostShare}::float8, coalesce(n.share_percent / 100::float8, ${assumedShare}::float8)) as share,
        min(case when n.noted_on <= ${today}::date then n.noted_on + ${newsDays + 1}::int else n.noted_on end)
          over (partition by n.customer_id) as wake_on,
        row_number() over (partition by n.customer_id
          order by n.noted_on <= ${today}::date desc, n.share_percent desc nulls last, n.noted_on desc, n.customer_note_id) as place
      from customer_note n
      join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = n.customer_id
      where n.kind = 'competitor' and n.status = 'present' and n.deleted_at is null
        and n.noted_on >= ${today}::date - ${newsDays}::int and ${sql.raw(among('n.customer_id'))}) seen
    where place = 1`,
};
