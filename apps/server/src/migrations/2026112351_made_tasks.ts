import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/** Tasks that nobody writes: from promises, care dates, contracts and stages; and the rules by which they come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table task drop constraint task_kind_check`.execute(db);
  await sql`
    alter table task
      add constraint task_kind_check check (kind in ('warning', 'next-step', 'manual', 'meeting', 'birthday',
        'anniversary', 'contract-anniversary', 'contract-end', 'stage')),
      -- Of what it was made: the same thing is asked for once, however often the rules run.
      add column made_key text check (length(made_key) between 1 and 120),
      -- Ids and figures that its words are made of; never a name.
      add column made jsonb check (jsonb_typeof(made) = 'object'),
      add constraint task_made_whole check ((made_key is null) = (made is null))`.execute(db);
  await sql`create unique index task_made on task (made_key) where made_key is not null`.execute(db);
  await sql`create index task_made_open on task (kind, customer_id) where made_key is not null and status = 'open'`.execute(
    db,
  );
  await sql`
    create table task_rule (
      kind text primary key check (kind in ('meeting', 'birthday', 'anniversary', 'contract-anniversary', 'contract-end')),
      is_on boolean not null,
      -- So many days before the day it stands in the list.
      lead_days int not null check (lead_days between 0 and 365),
      minutes int not null check (minutes between 5 and 480),
      row_version int not null default 1,
      updated_by int references app_user,
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table stage_action (
      stage_action_id int generated always as identity primary key,
      stage text not null check (
        stage in ('prospect', 'new', 'growing', 'mature', 'at-risk', 'dormant', 'lost', 'won-back')),
      title text not null check (length(title) between 1 and 200),
      -- After the day on which the stage was entered.
      due_days int not null check (due_days between 0 and 365),
      minutes int not null check (minutes between 5 and 480),
      is_on boolean not null default true,
      row_version int not null default 1,
      updated_by int references app_user,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  for (const table of ['task_rule', 'stage_action']) {
    await protect(db, table, 'true');
    await sql`revoke insert, update, delete on ${sql.id(table)} from kezi_scoped`.execute(db);
  }
}
