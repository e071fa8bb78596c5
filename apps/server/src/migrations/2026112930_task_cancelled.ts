import { sql, type Kysely } from 'kysely';

/** Why a task was taken off the list stood in the audit alone, where whoever misses the task may not look. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table task
      add column cancelled_because text
        check (cancelled_because in ('by-hand', 'rule-off', 'not-asked', 'step-removed', 'customer-erased')),
      add column cancelled_note text check (length(cancelled_note) between 1 and 500),
      add column cancelled_by int references app_user,
      add column cancelled_at timestamptz`.execute(db);
  // Row-level security is forced: it is set aside while the owner looks up what the audit says of older ones.
  const tables = ['task', 'audit_entry'];
  for (const table of tables) {
    await sql`alter table ${sql.id(table)} no force row level security`.execute(db);
  }
  await sql`
    update task t set cancelled_at = t.updated_at, cancelled_by = a.user_id,
      cancelled_because = case when a.subject_id is not null then 'by-hand' when t.interaction_id is not null then 'step-removed'
        when t.made_key is not null then 'not-asked' else 'by-hand' end
    from task c left join (
      select distinct on (subject_id) subject_id, user_id from audit_entry
      where subject = 'task' and action = 'task.updated' and changes -> 'status' ->> 1 = 'cancelled'
      order by subject_id, audit_entry_id desc) a on a.subject_id = c.task_id::text
    where t.task_id = c.task_id and t.status = 'cancelled'`.execute(db);
  for (const table of tables) {
    await sql`alter table ${sql.id(table)} force row level security`.execute(db);
  }
  await sql`
    alter table task add constraint task_cancelled_check check ((status = 'cancelled') = (cancelled_because is not null))`.execute(
    db,
  );
}
