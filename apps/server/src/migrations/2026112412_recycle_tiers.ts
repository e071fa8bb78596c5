import { sql, type Kysely } from 'kysely';

/** A recycle rule may look at customers of some tiers alone. Without a foreign key: tiers keep their number for good. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table recycle_rule add column tier_ids int[] check (cardinality(tier_ids) between 1 and 50)`.execute(
    db,
  );
}
