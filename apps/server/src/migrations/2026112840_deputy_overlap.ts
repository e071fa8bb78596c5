import { sql, type Kysely } from 'kysely';

/**
 * Sight is not passed on, so a deputy of a deputy would leave customers that nobody looks after. Whether a colleague is away
 * is not for everybody to read: whoever appoints one is told what stands against these two people on these days, and no more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function deputy_overlap(absent int, deputy int, first_day date, last_day date)
      returns table (code text, name text, from_on date, to_on date) language sql stable
      security definer set search_path = public, pg_temp as $$
        with found as (
          select d.from_on, d.to_on,
            case when d.user_id = absent then 'deputies.exists'
              when d.user_id = deputy then 'deputies.colleague_absent' else 'deputies.stands_in' end as code,
            case when d.user_id in (absent, deputy) then deputy else d.user_id end as about
          from user_deputy d
          where d.from_on <= last_day and d.to_on >= first_day
            and (d.user_id = deputy or d.deputy_id = absent or (d.user_id = absent and d.deputy_id = deputy)))
        select f.code, u.name, f.from_on, f.to_on from found f join app_user u on u.id = f.about
        order by f.from_on, f.code limit 1
      $$`.execute(db);
  const signature = sql.raw('deputy_overlap(int, int, date, date)');
  await sql`revoke all on function ${signature} from public`.execute(db);
  await sql`grant execute on function ${signature} to kezi_all, kezi_scoped`.execute(db);
}
