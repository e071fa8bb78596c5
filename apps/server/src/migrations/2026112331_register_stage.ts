import { sql, type Kysely } from 'kysely';

/**
 * The register lists, filters and sorts by the stage of the lifecycle, and segments ask for the spend of twelve months. The
 * spend comes with the figures of a run; the stage follows `customer_stage` by triggers, so that whatever writes a stay (a
 * run, a pin, a merge that is taken back) is seen. A run of the lifecycle that moves most customers sets the triggers aside
 * and builds the register anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table register_entry
      add column stage text,
      -- From the first contact (1) to the end and back (8).
      add column stage_rank smallint,
      -- Twelve months until the day of the figures, minor units of the base currency.
      add column spend_minor bigint`.execute(db);
  await sql`
    create function stage_rank_of(stage text) returns smallint language sql immutable as $$
      select array_position(
        array['prospect', 'new', 'growing', 'mature', 'at-risk', 'dormant', 'lost', 'won-back'], stage)::smallint
    $$`.execute(db);
  await fillStages(db);
  // A lane of the register by value, like those of tier and segment.
  await sql`
    create index register_entry_by_stage_clv on register_entry
      (stage, clv desc nulls last, customer_id desc, rfm_segment, region, industry)`.execute(db);
  await sql`
    create index register_entry_by_stage_rank on register_entry
      (stage_rank desc nulls last, customer_id desc)`.execute(db);
  await followStages(db);
}

/** Row-level security is forced on both: it is set aside while their owner fills the column. */
async function fillStages(db: Kysely<unknown>): Promise<void> {
  const tables = ['register_entry', 'customer_stage'];
  for (const table of tables) {
    await sql`alter table ${sql.id(table)} no force row level security`.execute(db);
  }
  await sql`
    update register_entry entry set stage = s.stage, stage_rank = stage_rank_of(s.stage)
    from customer_stage s where s.customer_id = entry.customer_id and s.left_on is null`.execute(db);
  for (const table of tables) {
    await sql`alter table ${sql.id(table)} force row level security`.execute(db);
  }
}

async function followStages(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function register_stage() returns trigger language plpgsql as $$
    begin
      if current_setting('kezi.stages_aside', true) = 'on' then
        return null;
      end if;
      update register_entry entry set stage = now.stage, stage_rank = stage_rank_of(now.stage)
      from written now
      where entry.customer_id = now.customer_id and now.left_on is null and entry.stage is distinct from now.stage;
      return null;
    end $$`.execute(db);
  for (const event of ['insert', 'update']) {
    await sql
      .raw(
        `create trigger register_stage_${event} after ${event} on customer_stage referencing new table as written
         for each statement execute function register_stage()`,
      )
      .execute(db);
  }
}
