import { sql, type Kysely } from 'kysely';

/**
 * What a silence or a delay has come to is a line in time: kept as one, it is right on every day without being looked at again.
 * Looks of before are made anew by the next run, as the rules have changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table warning_look
      -- Score of a day: days since the one, by the other; null: the score stays.
      add column grows_from date,
      add column grows_days float8,
      add check ((grows_from is null) = (grows_days is null))`.execute(db);
}
