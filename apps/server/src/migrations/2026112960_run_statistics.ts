import { sql, type Kysely } from 'kysely';

/**
 * Statistics of the tables that keep a row of every customer for each run. The planner knows nothing of a run that is younger
 * than they are: it expects one row of it, and joined two runs of 20,000 customers row by row for minutes. Gathering them is
 * the owner's right, so this runs with it, and of these tables alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function gather_run_statistics(name text) returns void language plpgsql
      security definer set search_path = public, pg_temp as $$
    begin
      if name not in ('customer_score', 'customer_churn', 'tier_result') then
        raise exception 'no table of runs: %', name;
      end if;
      execute format('analyze %I', name);
    end $$`.execute(db);
  await sql`revoke all on function gather_run_statistics(text) from public`.execute(db);
  await sql`grant execute on function gather_run_statistics(text) to kezi_all`.execute(db);
}
