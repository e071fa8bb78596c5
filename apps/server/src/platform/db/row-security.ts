import { sql, type Kysely } from 'kysely';

/**
 * Row-level security for a table that carries `owner_id` and `team_id`. Two roles read it: `kezi_all` sees every row at
 * no cost, `kezi_scoped` sees what the user owns or what belongs to one of the teams named in the settings. The settings
 * are read once a query, by sub-select: read for every row, the list of teams is parsed for
 * every row, some microseconds each. The planner
 * does not see their values then; where that matters (the register) a query says itself whose rows it wants.
 */
export async function protectByOwnerAndTeam(db: Kysely<unknown>, table: string): Promise<void> {
  await protect(
    db,
    table,
    `owner_id = (select current_setting('kezi.user_id')::int)
      or team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])`,
  );
}

/** Row-level security for a table whose rows belong to the user who made them (`created_by`). */
export async function protectByCreator(db: Kysely<unknown>, table: string): Promise<void> {
  await protect(db, table, `created_by = current_setting('kezi.user_id')::int`);
}

/** Enables and forces row-level security; `visible` is the condition under which a scoped user sees and writes a row. */
export async function protect(db: Kysely<unknown>, table: string, visible: string): Promise<void> {
  const name = sql.id(table);
  const condition = sql.raw(visible);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`alter table ${name} force row level security`.execute(db);
  await sql`create policy all_rows on ${name} to kezi_all using (true) with check (true)`.execute(db);
  await sql`create policy scoped_rows on ${name} to kezi_scoped using (${condition}) with check (${condition})`.execute(
    db,
  );
  await sql`grant select, insert, update, delete on ${name} to kezi_all, kezi_scoped`.execute(db);
}
