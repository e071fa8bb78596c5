import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Platform } from '../../../platform/platform.js';

/** Held by whoever counts on a file of these bytes, or finds that nobody does; until the end of the transaction. */
export async function lockFile(db: Db, sha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('kezi file'), hashtext(${sha256}))`.execute(db);
}

/** Removes a file from the store unless a batch or a record has it: the same bytes may belong to another one, of whomever. */
export async function removeUnusedFile(platform: Platform, sha256: string): Promise<void> {
  await platform.db.asSystem(async (db) => {
    await lockFile(db, sha256);
    const { rows } = await sql`
      select from import_batch where file_sha256 = ${sha256}
      union all select from attachment where sha256 = ${sha256} limit 1`.execute(db);
    if (rows.length === 0) await platform.files.remove(sha256);
  });
}
