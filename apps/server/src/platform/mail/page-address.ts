import type { Config } from '../../config.js';
import type { Db } from '../db/scoped-db.js';

/**
 * Where people reach the program, without a slash at the end; null when nobody has said. Never taken from a request: what
 * names itself there could lead people to a page that is not ours.
 */
export async function findPageAddress(db: Db, config: Config): Promise<string | null> {
  const row = await db.selectFrom('outbound_setting').select('page_address').executeTakeFirst();
  const given = row?.page_address ?? config.publicUrl ?? null;
  return given === null ? null : given.replace(/\/+$/, '');
}
