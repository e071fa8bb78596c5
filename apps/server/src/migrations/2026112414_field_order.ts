import { sql, type Kysely } from 'kysely';

/** The register in the order of a text of the company's own: as names are, by pinyin. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index customer_field_value_by_text on customer_field_value
      (custom_field_id, (left(text_value, 100) collate "zh-Hans-x-icu"), customer_id)
    where text_value is not null`.execute(db);
}
