import { sql } from 'kysely';
import type { Platform } from '../platform.js';

/** About a tenth of a second; between two batches others get at the database. */
const entriesOfBatch = 5_000;

/**
 * Makes every entry that waits a link of the audit's chain. Writers do not wait for it, and of two that seal at once one
 * goes away.
 */
export async function sealAudit({ db }: Pick<Platform, 'db'>): Promise<number> {
  let sealed = 0;
  for (;;) {
    const { rows } = await db.asSystem((trx) =>
      sql<{ sealed: number }>`select seal_audit(${entriesOfBatch}) as sealed`.execute(trx),
    );
    const count = rows[0]?.sealed ?? 0;
    sealed += count;
    if (count < entriesOfBatch) return sealed;
  }
}
