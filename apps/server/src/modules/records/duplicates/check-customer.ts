import type { DuplicateCheckInput, DuplicateMatches } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { mustSeeCustomer } from '../customers/index.js';
import {
  crowdedKey,
  customerKeys,
  likelyScore,
  matchKeys,
  possibleScore,
  type CustomerKey,
} from '../identity/index.js';
import { duplicateCards } from './duplicate-cards.js';

/** More would not be read while one types. */
const mostShown = 5;

interface Found {
  customerId: number;
  score: number;
  reasons: ReturnType<typeof matchKeys>['reasons'];
}

/** Customers with one of the keys, of a region that may be the same. A crowded key is passed over, as in the search of all. */
async function candidatesOf(db: Db, keys: readonly CustomerKey[], except: number | null): Promise<number[]> {
  const { rows } = await sql<{ customerId: number }>`
    select distinct unnest(near.ids) as "customerId"
    from ${unnest('q', {
      key: { type: 'text', values: keys.map(({ key }) => key) },
      region: { type: 'text', values: keys.map(({ region }) => region) },
    })} cross join lateral (
      select array_agg(some_of.customer_id) as ids, count(*) as n from (
        select k.customer_id from customer_key k
        where k.key = q.key and (k.region = q.region or k.region in ('', '?') or q.region in ('', '?'))
          and k.customer_id is distinct from ${except}::bigint
        limit ${crowdedKey}) some_of
    ) near
    where near.n < ${crowdedKey}`.execute(db);
  return rows.map((row) => row.customerId);
}

async function keysOf(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, CustomerKey[]>> {
  const keys = new Map<number, CustomerKey[]>();
  if (ids.length === 0) return keys;
  const { rows } = await sql<CustomerKey & { customerId: number }>`
    select customer_id as "customerId", key, region from customer_key
    where customer_id = any (${[...ids]}::bigint[])`.execute(db);
  for (const { customerId, ...key } of rows) keys.set(customerId, [...(keys.get(customerId) ?? []), key]);
  return keys;
}

/** Everybody that the customer may be, the likeliest first, seen by the user or not. */
async function findMatches(db: Db, keys: readonly CustomerKey[], except: number | null): Promise<Found[]> {
  if (keys.length === 0) return [];
  const others = await keysOf(db, await candidatesOf(db, keys, except));
  const found = [...others].map(([customerId, theirs]) => ({ customerId, ...matchKeys(keys, theirs) }));
  return found
    .filter(({ score }) => score >= possibleScore)
    .toSorted((a, b) => b.score - a.score || a.customerId - b.customerId);
}

/**
 * Whom a customer that is being entered may be. Of those that the user does not see, nothing is told but that a colleague
 * has one, and that only where it is likely the same.
 * @throws CodedError customers.not_found for a `customerId` that the user does not see
 */
export async function checkCustomer(
  db: Db,
  viewer: Viewer,
  input: DuplicateCheckInput,
): Promise<DuplicateMatches> {
  // Leaving somebody else's customer out of the answer would tell that it was in it.
  if (input.customerId) await mustSeeCustomer(db, input.customerId);
  const keys = customerKeys({
    name: input.name,
    legalName: input.legalName ?? null,
    shortName: input.shortName ?? null,
    creditCode: input.creditCode ?? null,
    registryCountry: input.registryCountry?.toUpperCase() ?? null,
    registryNo: input.registryNo ?? null,
    phones: input.phones,
    addresses: input.addresses,
  });
  const found = await withAllRows(db, viewer, () => findMatches(db, keys, input.customerId ?? null));
  const cards = await duplicateCards(
    db,
    found.map(({ customerId }) => customerId),
  );
  const items = found.flatMap(({ customerId, score, reasons }) => {
    const card = cards.get(customerId);
    return card ? [{ ...card, score, isLikely: score >= likelyScore, reasons }] : [];
  });
  return {
    items: items.slice(0, mostShown),
    elsewhere: found.some(({ customerId, score }) => score >= likelyScore && !cards.has(customerId)),
  };
}
