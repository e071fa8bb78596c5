import { sql, type RawBuilder } from 'kysely';

/**
 * `realm(team_id, pool_id)`: every department with the pool that its customers fall into, which is its own or else the
 * nearest above it. For `with recursive`.
 */
export const realm = sql`
  realm(team_id, pool_id) as (
    select p.team_id, p.pool_id from pool p
    union all
    select t.team_id, r.pool_id from team t join realm r on t.parent_team_id = r.team_id
    where not exists (select from pool own where own.team_id = t.team_id))`;

/**
 * `people(pool_id, user_id)`: who may claim from a pool, which is everybody of the department and those below it, and whoever
 * was let in from elsewhere. For `with recursive`; begins with `below(pool_id, team_id)`.
 */
export const people = sql`
  below(pool_id, team_id) as (
    select p.pool_id, p.team_id from pool p
    union
    select b.pool_id, t.team_id from team t join below b on t.parent_team_id = b.team_id),
  people(pool_id, user_id) as (
    select b.pool_id, u.id from app_user u join below b on b.team_id = u.team_id where u.disabled_at is null
    union
    select b.pool_id, u.id from user_team own join below b using (team_id) join app_user u on u.id = own.user_id
    where u.disabled_at is null
    union
    select m.pool_id, m.user_id from pool_member m join app_user u on u.id = m.user_id where u.disabled_at is null)`;

/** The day of a moment in the organisation's time zone. */
export function dayOf(moment: RawBuilder<unknown>, timeZone: string): RawBuilder<string> {
  return sql<string>`(${moment} at time zone ${timeZone})::date`;
}
