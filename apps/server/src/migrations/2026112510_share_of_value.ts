import { sql, type Kysely } from 'kysely';

/** The share of a concentration is one of value: named so, the rule for value keeps it from whom value is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['warning', 'warning_look']) {
    await sql`
      update ${sql.table(table)}
      set evidence = evidence - 'share' || jsonb_build_object('clvShare', evidence -> 'share')
      where detector_id = 'concentration' and jsonb_exists(evidence, 'share')`.execute(db);
  }
}
