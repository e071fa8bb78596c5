import type { ViewerOfCustomer } from '@kezi/contract';
import { sql } from 'kysely';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import type { Db } from '../../../platform/db/scoped-db.js';

/** Longer lists nobody reads; whoever sees all stands at the end. */
const mostShown = 300;

/**
 * Who sees a customer, and by what: the first of owner, deputy, department, team of the customer, share, everything. It looks
 * at everybody's scope, so it takes a transaction that sees all, for a reader who sees the customer.
 */
export async function listViewers(db: Db, customerId: number, now: Date): Promise<ViewerOfCustomer[]> {
  const { rows } = await sql<ViewerOfCustomer>`
    with recursive today as (
      select ${organisationDay(now)} as on_day
    ),
    customer_here as (select owner_id, team_id from customer where customer_id = ${customerId}::bigint),
    -- The customer's department and those above it.
    above as (
      select t.team_id, t.parent_team_id, t.name, 0 as steps from team t join customer_here c using (team_id)
      union all
      select t.team_id, t.parent_team_id, t.name, a.steps + 1 from team t join above a on t.team_id = a.parent_team_id
    ),
    person as (select id, name, scope, team_id from app_user where disabled_at is null),
    place as (
      select p.id, p.team_id, p.scope = 'team_and_below' as with_below from person p
      where p.scope in ('team', 'team_and_below') and p.team_id is not null
      union
      select p.id, m.team_id, p.scope = 'team_and_below' from person p join user_team m on m.user_id = p.id
      where p.scope in ('team', 'team_and_below')
      union
      select p.id, s.team_id, s.with_below from person p join user_scope_team s on s.user_id = p.id
      where p.scope = 'chosen'
    ),
    by_team as (
      select distinct on (place.id) place.id, a.name from place join above a using (team_id)
      where a.steps = 0 or place.with_below order by place.id, a.steps
    ),
    shared as (
      select s.user_id, s.access from customer_share s, today
      where s.customer_id = ${customerId}::bigint and (s.until_on is null or s.until_on >= today.on_day)
    ),
    member as (select user_id, access from customer_member where customer_id = ${customerId}::bigint),
    -- Whoever sees it by a right of their own, for whom others may stand in.
    own as (
      select owner_id as id, true as can_edit from customer_here where owner_id is not null
      union select id, true from by_team
      union select user_id, access = 'edit' from member
      union select user_id, access = 'edit' from shared
    ),
    reason as (
      select owner_id as id, 1 as rank, 'owner' as reason, null as by, true as can_edit from customer_here
      union all
      select d.deputy_id, 2, 'deputy', absent.name, own.can_edit
      from user_deputy d join own on own.id = d.user_id join person absent on absent.id = d.user_id, today
      where today.on_day between d.from_on and d.to_on
      union all
      select id, 3, 'team', name, true from by_team
      union all
      select user_id, 4, 'member', null, access = 'edit' from member
      union all
      select user_id, 5, 'share', null, access = 'edit' from shared
      union all
      select id, 6, 'all', null, true from person where scope = 'all'
    )
    select * from (
      select distinct on (p.id) p.id as "userId", p.name, r.reason, r.by, r.can_edit as "canEdit", r.rank
      from reason r join person p using (id) order by p.id, r.can_edit desc, r.rank
    ) found
    order by rank, name collate "zh-Hans-x-icu" limit ${mostShown}`.execute(db);
  return rows;
}
