import { sql, type Kysely } from 'kysely';

/** Demotions that were approved ended with the grading that asked for them when it was withdrawn: they never held. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The policies hold for the owner too, and would ask who is working.
  await sql`alter table tier_decision no force row level security`.execute(db);
  await sql`
    update tier_decision d set status = 'ended', row_version = d.row_version + 1
    from tier_run r
    where r.tier_run_id = d.tier_run_id and r.status = 'withdrawn' and d.kind = 'demotion'
      and d.status in ('waiting', 'approved')`.execute(db);
  await sql`alter table tier_decision force row level security`.execute(db);
}
