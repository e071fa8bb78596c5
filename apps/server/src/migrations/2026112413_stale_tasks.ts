import { sql, type Kysely } from 'kysely';

/** Records that nobody has touched for long become tasks, by a rule as the others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table task drop constraint task_kind_check`.execute(db);
  await sql`
    alter table task add constraint task_kind_check check (kind in ('warning', 'next-step', 'manual', 'meeting',
      'birthday', 'anniversary', 'contract-anniversary', 'contract-end', 'stale-record', 'stage'))`.execute(
    db,
  );
  await sql`alter table task_rule drop constraint task_rule_kind_check`.execute(db);
  await sql`
    alter table task_rule add constraint task_rule_kind_check check (kind in ('meeting', 'birthday', 'anniversary',
      'contract-anniversary', 'contract-end', 'stale-record'))`.execute(db);
}
