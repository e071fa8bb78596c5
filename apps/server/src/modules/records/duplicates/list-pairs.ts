import type { DuplicatePair, DuplicatePairQuery, DuplicateSearch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { inSegments, type Reader } from '../customers/index.js';
import { likelyScore } from '../identity/index.js';
import { duplicateCards } from './duplicate-cards.js';

interface PairRow {
  customerId: number;
  otherCustomerId: number;
  score: number;
  reasons: DuplicatePair['reasons'];
  status: DuplicatePair['status'];
  foundAt: string;
}

/**
 * A page of pairs both of whose customers the reader sees, the likeliest first; of a segment, those with a member of it.
 * @throws CodedError segments.not_found, segments.not_usable, app.cursor_invalid
 */
export async function listPairs(
  db: Db,
  reader: Reader,
  query: DuplicatePairQuery,
): Promise<{ items: DuplicatePair[]; nextCursor: string | null }> {
  const { status, customerId, limit } = query;
  const among = await inSegments(db, reader, query.segmentId);
  const after = query.cursor === undefined ? null : placeOf(query.cursor);
  const ofCustomer =
    customerId === undefined ? sql`true` : sql`${customerId}::bigint in (p.customer_id, p.other_customer_id)`;
  const isAfter =
    after === null
      ? sql`true`
      : sql`(-p.score, p.customer_id, p.other_customer_id)
          > (${-after.score}::float8, ${after.customerId}::bigint, ${after.otherCustomerId}::bigint)`;
  const { rows } = await sql<PairRow>`
    select p.customer_id as "customerId", p.other_customer_id as "otherCustomerId", p.score, p.reasons, p.status,
      p.found_at as "foundAt"
    from duplicate_pair p
    where p.status = ${status} and ${ofCustomer} and ${isAfter}
      and (${among('p.customer_id')} or ${among('p.other_customer_id')})
    order by p.score desc, p.customer_id, p.other_customer_id limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const cards = await duplicateCards(
    db,
    shown.flatMap((row) => [row.customerId, row.otherCustomerId]),
  );
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const items = shown.flatMap(({ score, reasons, foundAt, ...row }) => {
    const a = cards.get(row.customerId);
    const b = cards.get(row.otherCustomerId);
    if (!a || !b) return [];
    return [{ a, b, score, isLikely: score >= likelyScore, reasons, status: row.status, foundAt }];
  });
  return {
    items,
    nextCursor: last ? encodeCursor([last.score, last.customerId, last.otherCustomerId]) : null,
  };
}

function placeOf(cursor: string): Pick<PairRow, 'score' | 'customerId' | 'otherCustomerId'> {
  const [score, customerId, otherCustomerId] = decodeCursor(cursor, 3);
  if (typeof score !== 'number' || typeof customerId !== 'number' || typeof otherCustomerId !== 'number') {
    throw new CodedError('app.cursor_invalid');
  }
  return { score, customerId, otherCustomerId };
}

/** Of what the user sees: how many customers, and the pairs among them that the last search found. */
async function countsInSight(db: Db) {
  const { rows } = await sql<{ customers: number; pairs: number; likely: number }>`
    select (select count(*) from customer)::int as customers, count(*)::int as pairs,
      count(*) filter (where score >= ${likelyScore})::int as likely from duplicate_pair`.execute(db);
  return { customers: 0, pairs: 0, likely: 0, ...rows[0], crowdedKeys: 0 };
}

/** What the last search through all customers found; whoever does not see them all reads the counts of those in sight. */
export async function latestSearch(db: Db, { scope }: Viewer): Promise<DuplicateSearch> {
  const row = await db
    .selectFrom('duplicate_search')
    .select([
      'customers',
      'pairs',
      'likely',
      'crowded_keys as crowdedKeys',
      'seconds',
      'finished_at as finishedAt',
    ])
    .orderBy('duplicate_search_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row || scope === 'all') return { latest: row ?? null };
  return { latest: { ...row, ...(await countsInSight(db)) } };
}

/**
 * Says of a pair that it is two customers, or takes that back. It stays said in later searches.
 * @throws CodedError duplicates.pair_not_found
 */
export async function judgePair(
  db: Db,
  userId: number,
  pair: { customerId: number; otherCustomerId: number },
  status: DuplicatePair['status'],
  now: Date,
): Promise<void> {
  const customerId = Math.min(pair.customerId, pair.otherCustomerId);
  const otherCustomerId = Math.max(pair.customerId, pair.otherCustomerId);
  const isDismissed = status === 'dismissed';
  const changed = await db
    .updateTable('duplicate_pair')
    .set({
      status,
      dismissed_by: isDismissed ? userId : null,
      dismissed_at: isDismissed ? now : null,
    })
    .where('customer_id', '=', customerId)
    .where('other_customer_id', '=', otherCustomerId)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw new CodedError('duplicates.pair_not_found');
  await writeAudit(db, {
    action: isDismissed ? 'duplicate.dismissed' : 'duplicate.reopened',
    subject: 'customer',
    subjectId: customerId,
    changes: { otherCustomerId },
  });
}
