import { sql, type RawBuilder } from 'kysely';
import type { StageAction, TaskRule } from '@kezi/contract';
import { owedPhases } from '../../policy/clocks/index.js';
import { meetingRhythm, withMetDays } from '../../policy/entitlements/index.js';

/** What a rule asks for: made_key, kind, customer_id, title, due_on, minutes, made. */
type Wanted = RawBuilder<unknown>;

interface Moment {
  today: string;
  timeZone: string;
  /** After so many days that nobody has touched it, a record is stale. */
  staleDays: number;
}

/** A care date that nobody kept is over after a week. */
export const keptDays = 7;
/** First orders are celebrated with the best tenth of the customers. */
const bestShare = 0.9;
/** A stay in a stage is news for two weeks: rules written today do not flood the list with those of last year. */
const newsDays = 14;
/** Of one rule and day; the most valuable first. */
const mostAtOnce = 500;

/**
 * The next return of a day of the year, from `keptDays` ago on. The 29th of February is kept on the 28th in other years, as
 * adding years to a date has it.
 */
const nextReturn = (day: RawBuilder<unknown>, today: string) => sql`
  (${day} + make_interval(years => (extract(year from age(${today}::date - ${keptDays + 1}::int, ${day}))::int + 1)))::date`;

function meeting({ leadDays, minutes }: TaskRule, { today, timeZone }: Moment): Wanted {
  return sql`
    select 'meeting ' || r.customer_id || ' ' || r.entitlement_id || ' ' || coalesce(r.last_on, r.since) as made_key, 'meeting' as kind,
      r.customer_id, '按约拜访' as title, r.next_on as due_on, ${minutes}::int as minutes,
      jsonb_build_object('everyDays', r.every_days, 'lastOn', r.last_on) as made
    from (with ${withMetDays(today, timeZone)} ${meetingRhythm(today)}) r
    where r.next_on <= ${today}::date + ${leadDays}::int`;
}

function birthday({ leadDays, minutes }: TaskRule, { today }: Moment): Wanted {
  return sql`
    select 'birthday ' || contact_id || ' ' || extract(year from due_on), 'birthday', customer_id, '联系人生日', due_on,
      ${minutes}::int, jsonb_build_object('contactId', contact_id)
    from (
      select contact_id, customer_id, ${nextReturn(sql`birthday`, today)} as due_on from contact
      where birthday is not null and birthday < ${today}::date - 365 and left_on is null and deleted_at is null) b
    where due_on <= ${today}::date + ${leadDays}::int`;
}

function anniversary({ leadDays, minutes }: TaskRule, { today }: Moment): Wanted {
  return sql`
    select 'anniversary ' || customer_id || ' ' || extract(year from due_on), 'anniversary', customer_id, '首单周年', due_on,
      ${minutes}::int, jsonb_build_object('years', extract(year from age(due_on, first_on))::int)
    from (
      select s.customer_id, s.first_order_on as first_on, ${nextReturn(sql`s.first_order_on`, today)} as due_on
      from customer_score s
      where s.valuation_run_id = (select max(score_run_id) from register_entry) and s.first_order_on < ${today}::date - 300
        and s.clv >= (select percentile_cont(${bestShare}) within group (order by clv) from customer_score
          where valuation_run_id = (select max(score_run_id) from register_entry))) a
    where due_on <= ${today}::date + ${leadDays}::int`;
}

function contractAnniversary({ leadDays, minutes }: TaskRule, { today }: Moment): Wanted {
  return sql`
    select 'contract-anniversary ' || contract_id || ' ' || extract(year from due_on), 'contract-anniversary', customer_id,
      '合同周年', due_on, ${minutes}::int,
      jsonb_build_object('contractId', contract_id, 'years', extract(year from age(due_on, first_on))::int)
    from (
      select contract_id, customer_id, coalesce(signed_on, starts_on) as first_on,
        ${nextReturn(sql`coalesce(signed_on, starts_on)`, today)} as due_on
      from contract
      where deleted_at is null and status = 'signed' and coalesce(signed_on, starts_on) < ${today}::date - 300
        and (ends_on is null or ends_on >= ${today}::date)) a
    where due_on <= ${today}::date + ${leadDays}::int`;
}

/** From the days of notice on, due half-way to the end: what is left is for the talks. */
function contractEnd({ leadDays, minutes }: TaskRule, { today }: Moment): Wanted {
  return sql`
    select 'contract-end ' || k.contract_id || ' ' || k.ends_on, 'contract-end', k.customer_id, '合同将到期：谈续约',
      k.ends_on - k.notice_days / 2, ${minutes}::int, jsonb_build_object('contractId', k.contract_id, 'endsOn', k.ends_on)
    from contract k
    where k.deleted_at is null and k.status = 'signed' and not k.is_renewed_by_itself and k.ends_on >= ${today}::date
      and k.starts_on <= ${today}::date and k.ends_on - k.notice_days <= ${today}::date + ${leadDays}::int
      and not exists (
        select from contract later
        where later.customer_id = k.customer_id and later.deleted_at is null and later.status <> 'terminated'
          and later.contract_id <> k.contract_id and (later.ends_on is null or later.ends_on > k.ends_on))`;
}

/**
 * Records that nobody has touched for longer than the quality policy allows: the owner looks whether they still hold. Asked
 * for again only after somebody has touched the record and it has gone stale once more. The most valuable first.
 */
function staleRecord({ leadDays, minutes }: TaskRule, { today, timeZone, staleDays }: Moment): Wanted {
  return sql`
    select 'stale-record ' || customer_id || ' ' || touched_on, 'stale-record', customer_id, '核实客户资料', due_on, ${minutes}::int,
      jsonb_build_object('touchedOn', touched_on)
    from (
      select q.customer_id, q.touched_on, q.touched_on + ${staleDays + 1}::int as due_on
      from customer_quality q join customer c using (customer_id) left join register_entry e using (customer_id)
      where c.owner_id is not null and q.touched_on < ${today}::date + ${leadDays - staleDays}::int
        -- Measured once a day; touched since, it is fresh.
        and (c.updated_at at time zone ${timeZone})::date <= q.touched_on
      order by e.clv desc nulls last, q.customer_id limit ${mostAtOnce}) s`;
}

/** What a customer waits for: an answer, or a solution, by when it was promised. */
function owed({ kind, leadDays, minutes }: TaskRule, { today, timeZone }: Moment): Wanted {
  return sql`
    select ${kind} || ' ' || service_clock_id, ${kind}::text, customer_id, case ${kind} when 'response' then '回复客户' else '解决客户的问题' end,
      due_at::date, ${minutes}::int,
      jsonb_build_object('clockId', service_clock_id, 'dueOn', due_at::date, 'dueTime', to_char(due_at, 'HH24:MI'))
    from (
      select customer_id, service_clock_id, phase, due_at at time zone ${timeZone} as due_at from (${owedPhases}) phases) o
    where phase = ${kind} and due_at::date <= ${today}::date + ${leadDays}::int`;
}

const wantedBy = {
  meeting,
  birthday,
  anniversary,
  'contract-anniversary': contractAnniversary,
  'contract-end': contractEnd,
  'stale-record': staleRecord,
  response: owed,
  solution: owed,
} as const;

/** What a rule asks for now. */
export function wantedByRule(rule: TaskRule, moment: Moment): Wanted {
  return wantedBy[rule.kind](rule, moment);
}

/** Whoever entered the stage of late, by himself and not by a pin. */
export function wantedByStage(action: StageAction, { today }: Moment): Wanted {
  return sql`
    select 'stage ' || s.customer_stage_id || ' ' || ${action.stageActionId}::int, 'stage', s.customer_id, ${action.title}::text,
      s.entered_on + ${action.dueDays}::int, ${action.minutes}::int,
      jsonb_build_object('action', ${action.stageActionId}::int, 'stage', s.stage, 'enteredOn', s.entered_on)
    from customer_stage s left join register_entry e on e.customer_id = s.customer_id
    where s.stage = ${action.stage} and s.left_on is null and s.pinned_by is null
      and s.entered_on between ${today}::date - ${newsDays}::int and ${today}::date
    order by e.clv desc nulls last, s.customer_id limit ${mostAtOnce}`;
}
