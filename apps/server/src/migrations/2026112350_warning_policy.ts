import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

const isPlay = 'check (length(play) between 1 and 500)';

/** What a warning asks for, of whom: threshold, days and recommended play by detector and tier. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Null: as the detector declares it.
  await sql
    .raw(
      `alter table detector_setting add column due_days int check (due_days between 0 and 365), add column play text ${isPlay}`,
    )
    .execute(db);
  await sql`
    create table detector_tier (
      detector_id text not null check (length(detector_id) between 1 and 60),
      tier_id int not null references tier on delete cascade,
      is_on boolean not null default true,
      -- Null in the three: as for everybody else.
      threshold float8 check (threshold between 0.1 and 10),
      due_days int check (due_days between 0 and 365),
      play text ${sql.raw(isPlay)},
      primary key (detector_id, tier_id)
    )`.execute(db);
  await protect(db, 'detector_tier', 'true');
  await sql`revoke insert, update, delete on detector_tier from kezi_scoped`.execute(db);
  // What was recommended when it was raised or seen again; null: the words of the detector.
  await sql.raw(`alter table warning add column play text ${isPlay}`).execute(db);
}
