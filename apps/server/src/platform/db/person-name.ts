import { sql, type RawBuilder } from 'kysely';

/**
 * The name of the person whose id a column holds. Within the company a name is no secret: whoever may see a record is told
 * who looks after it, wrote it or decided it. `colleague` holds names alone; a join of `app_user` would tell a scoped
 * reader only of the people of their own departments.
 */
export const personName = (column: string): RawBuilder<string | null> =>
  sql`(select named.name from colleague named where named.user_id = ${sql.ref(column)})`;
