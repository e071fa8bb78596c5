import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/** What somebody has to do, by when: from a warning, from the next step of an interaction, or by hand. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table task (
      task_id bigint generated always as identity primary key,
      -- Null for a task that concerns no customer.
      customer_id bigint references customer on delete cascade,
      -- Of the customer; of whoever does it where there is none.
      owner_id int,
      team_id int,
      -- Null: whoever owns the customer, also after it has changed hands.
      assignee_id int references app_user,
      kind text not null check (kind in ('warning', 'next-step', 'manual')),
      title text not null check (length(title) between 1 and 500),
      due_on date not null,
      minutes int not null default 30 check (minutes between 5 and 480),
      warning_id bigint references warning on delete set null,
      interaction_id bigint references interaction on delete cascade,
      status text not null default 'open' check (status in ('open', 'done', 'cancelled')),
      done_by int references app_user,
      done_at timestamptz,
      done_interaction_id bigint,
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create unique index on task (interaction_id) where interaction_id is not null`.execute(db);
  await sql`create unique index on task (warning_id) where warning_id is not null and status = 'open'`.execute(
    db,
  );
  await sql`create index on task (customer_id)`.execute(db);
  for (const lead of ['assignee_id', 'owner_id', 'team_id']) {
    await sql.raw(`create index on task (${lead}, due_on) where status = 'open'`).execute(db);
  }
  // Whoever is to do it sees it, also where the customer is a colleague's.
  await protect(
    db,
    'task',
    `owner_id = (select current_setting('kezi.user_id')::int)
      or assignee_id = (select current_setting('kezi.user_id')::int)
      or team_id = any ((select current_setting('kezi.team_ids')::int[])::int[])`,
  );
}
