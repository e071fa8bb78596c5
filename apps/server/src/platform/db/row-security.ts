import { sql, type Kysely } from 'kysely';

/**
 * Row-level security for a table that carries `owner_id` and `team_id`, and `customer_id` where its rows may be shared. Two
 * roles read it: `kezi_all` sees every row at no cost; `kezi_scoped` sees what belongs to the user or to whom they stand in
 * for (`kezi.owner_ids`), to a team they see (`kezi.team_ids`), or to a customer shared with them (`kezi.shared_ids`), and
 * writes the same but for customers shared for reading alone (`kezi.edited_ids` are those that are not). The settings are
 * read once a query, by sub-select: read for every row, the list of teams is parsed for every row, some microseconds each.
 * The planner does not see their values then; where that matters (the register) a query says itself whose rows it wants.
 * What is shared is a list that is gone through for every row that is neither own nor the team's: with a thousand shares a page
 * of the register costs 1.57 times as much as without the policy. As `in (select unnest(...))` it would be looked up by hash
 * (1.14 times), but no index serves that, and then none serves the other two conditions either: whatever leaves it to the
 * policy whose rows it reads would read the whole table.
 */
export async function protectByOwnerAndTeam(db: Kysely<unknown>, table: string): Promise<void> {
  const { rows } = await sql`
    select from pg_attribute
    where attrelid = ${table}::regclass and attname = 'customer_id' and not attisdropped`.execute(db);
  const own = `owner_id = any ((select current_setting('kezi.owner_ids')::int[])::int[])
    or team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])`;
  const or = (setting: string) =>
    rows.length === 0
      ? own
      : `${own} or customer_id = any ((select current_setting('${setting}')::bigint[])::bigint[])`;
  const readable = sql.raw(or('kezi.shared_ids'));
  const writable = sql.raw(or('kezi.edited_ids'));
  // A customer that was shared is not for its guests to remove.
  const removable = sql.raw(table === 'customer' ? own : or('kezi.edited_ids'));
  const name = sql.id(table);
  await openToAll(db, table);
  await sql`create policy scoped_read on ${name} for select to kezi_scoped using (${readable})`.execute(db);
  await sql`create policy scoped_insert on ${name} for insert to kezi_scoped with check (${writable})`.execute(
    db,
  );
  await sql`create policy scoped_update on ${name} for update to kezi_scoped
    using (${writable}) with check (${writable})`.execute(db);
  await sql`create policy scoped_delete on ${name} for delete to kezi_scoped using (${removable})`.execute(
    db,
  );
}

/**
 * Row-level security for rows that are looked at together with a record, mostly the customer itself: whoever sees the record
 * sees them, and whoever may change its customer writes them. They carry no owner of their own, so that nothing is written to them when a
 * customer changes hands. For tables of many rows a customer that are asked for by record or by few of their values: each row
 * looks its record up, a microsecond; where many are read the planner makes a hashed list of the records first.
 */
export async function protectByRecord(
  db: Kysely<unknown>,
  table: string,
  record: { table: string; key: string },
): Promise<void> {
  const name = sql.id(table);
  const isOfRecord = `record.${record.key} = ${table}.${record.key}`;
  const seen = sql.raw(`exists (select from ${record.table} record where ${isOfRecord})`);
  const [customer, join] =
    record.table === 'customer' ? ['record', ''] : ['customer', 'join customer using (customer_id)'];
  const writable = sql.raw(`exists (select from ${record.table} record ${join} where ${isOfRecord} and (
    ${customer}.owner_id = any ((select current_setting('kezi.owner_ids')::int[])::int[])
    or ${customer}.team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])
    or ${customer}.customer_id = any ((select current_setting('kezi.edited_ids')::bigint[])::bigint[])))`);
  await openToAll(db, table);
  await sql`create policy scoped_read on ${name} for select to kezi_scoped using (${seen})`.execute(db);
  await sql`create policy scoped_insert on ${name} for insert to kezi_scoped with check (${writable})`.execute(
    db,
  );
  await sql`create policy scoped_update on ${name} for update to kezi_scoped
    using (${writable}) with check (${writable})`.execute(db);
  await sql`create policy scoped_delete on ${name} for delete to kezi_scoped using (${writable})`.execute(db);
}

/** Row-level security for a table whose rows belong to the user who made them (`created_by`). */
export async function protectByCreator(db: Kysely<unknown>, table: string): Promise<void> {
  await protect(db, table, `created_by = current_setting('kezi.user_id')::int`);
}

/** Enables and forces row-level security; `visible` is the condition under which a scoped user sees and writes a row. */
export async function protect(db: Kysely<unknown>, table: string, visible: string): Promise<void> {
  const condition = sql.raw(visible);
  await openToAll(db, table);
  await sql`create policy scoped_rows on ${sql.id(table)} to kezi_scoped using (${condition}) with check (${condition})`.execute(
    db,
  );
}

/** Enabled and forced, open to whoever sees all. */
async function openToAll(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.id(table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`alter table ${name} force row level security`.execute(db);
  await sql`create policy all_rows on ${name} to kezi_all using (true) with check (true)`.execute(db);
  await sql`grant select, insert, update, delete on ${name} to kezi_all, kezi_scoped`.execute(db);
}
