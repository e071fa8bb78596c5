import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/** Festivals on which owners are reminded of their customers, and of which; tasks that were done may be opened again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table task drop constraint task_kind_check`.execute(db);
  await sql`
    alter table task add constraint task_kind_check check (kind in ('warning', 'next-step', 'manual', 'meeting',
      'birthday', 'anniversary', 'contract-anniversary', 'contract-end', 'stale-record', 'response', 'solution', 'stage',
      'festival'))`.execute(db);
  // What was said before somebody opened a task once more does not close it again.
  await sql`alter table task add column reopened_at timestamptz`.execute(db);
  await sql`
    create table festival_care (
      festival_care_id int generated always as identity primary key,
      festival text not null check (festival in ('new-year', 'spring-festival', 'lantern-festival', 'womens-day',
        'eid-al-fitr', 'labour-day', 'dragon-boat', 'teachers-day', 'mid-autumn', 'national-day', 'double-ninth',
        'thanksgiving', 'christmas')),
      -- What is done; a greeting, where nothing is said.
      title text check (length(title) between 1 and 200),
      lead_days int not null check (lead_days between 0 and 365),
      minutes int not null check (minutes between 5 and 480),
      -- Empty: all of them.
      tier_ids int[] not null default '{}',
      regions text[] not null default '{}',
      -- Not deleted while it is used: without it everybody would be meant.
      segment_id int references segment,
      is_on boolean not null default true,
      row_version int not null default 1,
      updated_by int references app_user,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index festival_care_segment on festival_care (segment_id) where segment_id is not null`.execute(
    db,
  );
  await protect(db, 'festival_care', 'true');
  await sql`revoke insert, update, delete on festival_care from kezi_scoped`.execute(db);
}
