import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import {
  crowdedKey,
  likelyScore,
  matchWeights,
  otherCodeFactor,
  possibleScore,
  withoutNameAtMost,
} from '../identity/index.js';

/*
 * All customers compared with each other, by sorting and joining keys. The same as `matchKeys` says of each pair.
 *
 *   block   the customers with one key and one region. Within it everybody is compared with everybody, so a block of more
 *           than `crowdedKey` is left out: 50 make 1,225 pairs, 1,000 would make half a million.
 *   open    a key whose name tells no region ('' or '?'): compared with all regions of the key, under the same limit
 */

/** Nobody looks through more; the likeliest are kept. */
const mostPairs = 100_000;

export interface SearchResult {
  customers: number;
  pairs: number;
  likely: number;
  crowdedKeys: number;
}

function weightRows(): RawBuilder<unknown> {
  const numbers = (name: 'same' | 'maybe' | 'unknown') =>
    ({ type: 'float8', values: matchWeights.map((weight) => weight[name]) }) as const;
  return unnest('w', {
    kind: { type: 'text', values: matchWeights.map(({ kind }) => kind) },
    reason: { type: 'text', values: matchWeights.map(({ reason }) => reason) },
    family: { type: 'text', values: matchWeights.map(({ family }) => family) },
    same: numbers('same'),
    maybe: numbers('maybe'),
    unknown: numbers('unknown'),
  });
}

/** Blocks worth comparing, and how many keys are too crowded for it. */
async function sizeBlocks(db: Db): Promise<number> {
  await sql`set local work_mem = '192MB'`.execute(db);
  await sql`
    create temporary table key_block on commit drop as
      select key, region, count(*) as n, sum(count(*)) over (partition by key) as in_key
      from customer_key group by key, region`.execute(db);
  const { rows } = await sql<{ crowded: number }>`
    select count(*)::int as crowded from key_block
    where n > ${crowdedKey} or (region in ('', '?') and in_key > ${crowdedKey})`.execute(db);
  await sql`delete from key_block where in_key < 2 or n > ${crowdedKey}`.execute(db);
  await sql`analyze key_block`.execute(db);
  return rows[0]?.crowded ?? 0;
}

/** Pairs of customers with a key in common, once for each. */
async function joinKeys(db: Db): Promise<void> {
  await sql`
    create temporary table near on commit drop as
      select a.customer_id as a, b.customer_id as b, left(a.key, 1) as kind,
        case when a.region = '?' then 'unknown' else 'same' end as nearness
      from key_block block
        join customer_key a on a.key = block.key and a.region = block.region
        join customer_key b on b.key = a.key and b.region = a.region and b.customer_id > a.customer_id
      where block.n > 1`.execute(db);
  await sql`
    insert into near
      select least(a.customer_id, b.customer_id), greatest(a.customer_id, b.customer_id), left(a.key, 1),
        case when a.region = '?' or b.region = '?' then 'unknown' else 'maybe' end
      from key_block block
        join customer_key a on a.key = block.key and a.region = block.region
        join customer_key b on b.key = a.key and b.region <> a.region and b.customer_id <> a.customer_id
      where block.region in ('', '?') and block.in_key between 2 and ${crowdedKey}
        -- Two open regions meet once.
        and (b.region not in ('', '?') or a.region < b.region)`.execute(db);
}

/** Whether a customer has a credit code: its keys are those between 'c:' and what comes after. */
function hasCode(customerId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`exists (select from customer_key k
    where k.customer_id = ${customerId} and k.key >= 'c:' and k.key < 'c;')`;
}

/** What speaks for a pair, by family, as a score. */
async function scorePairs(db: Db): Promise<void> {
  const left = (family: string) => sql`(1 - coalesce(max(weight) filter (where family = ${family}), 0))`;
  await sql`
    create temporary table pair_found on commit drop as
      with weighed as (
        select n.a, n.b, w.family, w.reason,
          case n.nearness when 'same' then w.same when 'maybe' then w.maybe else w.unknown end as weight
        from near n join ${weightRows()} on w.kind = n.kind
      ), judged as (
        select a, b,
          1 - ${left('register')} * ${left('name')} * ${left('phone')} * ${left('domain')} as score,
          bool_or(family in ('register', 'name')) as is_named, array_agg(distinct reason) as reasons
        from weighed group by a, b
      ), capped as (
        select a, b, case when is_named then score else least(score, ${withoutNameAtMost}) end as score, reasons
        from judged
      )
      select p.a, p.b, p.reasons,
        case when 'code' <> all (p.reasons) and ${hasCode(sql`p.a`)} and ${hasCode(sql`p.b`)} then p.score * ${otherCodeFactor}
          else p.score end as score
      from capped p where p.score >= ${possibleScore}`.execute(db);
}

async function keepPairs(db: Db): Promise<{ pairs: number; likely: number }> {
  await sql`delete from pair_found where score < ${possibleScore}`.execute(db);
  await sql`
    delete from pair_found where (a, b) in (
      select a, b from pair_found order by score desc, a, b offset ${mostPairs})`.execute(db);
  await sql`create unique index on pair_found (a, b)`.execute(db);
  await sql`
    delete from duplicate_pair p where p.status = 'open' and not exists (
      select from pair_found f where f.a = p.customer_id and f.b = p.other_customer_id)`.execute(db);
  await sql`
    insert into duplicate_pair (customer_id, other_customer_id, score, reasons)
    select a, b, score, reasons from pair_found
    on conflict (customer_id, other_customer_id) do update set score = excluded.score, reasons = excluded.reasons
      where duplicate_pair.status = 'open'
        and (duplicate_pair.score, duplicate_pair.reasons) is distinct from (excluded.score, excluded.reasons)`.execute(
    db,
  );
  const { rows } = await sql<{ pairs: number; likely: number }>`
    select count(*)::int as pairs, count(*) filter (where score >= ${likelyScore})::int as likely
    from pair_found`.execute(db);
  return rows[0] ?? { pairs: 0, likely: 0 };
}

/** Compares all customers; pairs that were dismissed stay so. `db` sees all. */
export async function searchDuplicates(
  db: Db,
  report: (step: number, steps: number) => Promise<void>,
): Promise<SearchResult> {
  const steps = 4;
  const crowdedKeys = await sizeBlocks(db);
  await report(1, steps);
  await joinKeys(db);
  await report(2, steps);
  await scorePairs(db);
  await report(3, steps);
  const kept = await keepPairs(db);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from customer`.execute(db);
  await report(4, steps);
  return { customers: rows[0]?.n ?? 0, crowdedKeys, ...kept };
}
