import type { FestivalCareInput } from '@kezi/contract';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { lastWorkedUntil, readCalendar } from '../../policy/clocks/index.js';
import { inSegments, type Reader } from '../../records/customers/index.js';
import { listFestivalCares } from './festival-cares.js';
import { nextFestival } from './festival-days.js';

const dayMs = 86_400_000;
const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** Of one care; the most valuable first. A company that greets more of them by hand does not do it from a list. */
const mostAtOnce = 2000;

/** As its maker sees it: whoever set the care up could use it then, and a later wall does not change whom it means. */
async function makerOf(db: Db, segmentId: number): Promise<Reader> {
  const { created_by: userId } = await db
    .selectFrom('segment')
    .where('segment_id', '=', segmentId)
    .select('created_by')
    .executeTakeFirstOrThrow();
  return { userId, scope: 'all', teamIds: [] };
}

type Meant = Pick<FestivalCareInput, 'tierIds' | 'regions' | 'segmentId'>;

/** Whom a care means, customers `c` of the register that somebody looks after. A province or a country stands for its cities. */
async function meant(db: Db, reader: Reader | null, care: Meant): Promise<RawBuilder<SqlBool>> {
  const { tierIds, regions, segmentId } = care;
  const parts: RawBuilder<SqlBool>[] = [sql`c.owner_id is not null`];
  if (tierIds.length > 0) parts.push(sql`c.tier_id = any (${tierIds}::int[])`);
  if (regions.length > 0) {
    parts.push(
      sql`(c.region = any (${regions}::text[]) or split_part(c.region, '/', 1) = any (${regions}::text[]))`,
    );
  }
  if (segmentId !== null) {
    const among = await inSegments(db, reader ?? (await makerOf(db, segmentId)), [segmentId]);
    parts.push(among('c.customer_id'));
  }
  return sql`${sql.join(parts, sql` and `)}`;
}

/**
 * How many customers a care would mean, of those whom the reader sees.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function countMeant(db: Db, reader: Reader, care: Meant): Promise<number> {
  const { rows } = await sql<{ customers: number }>`
    select count(*)::int as customers from register_entry c where ${await meant(db, reader, care)}`.execute(
    db,
  );
  return rows[0]?.customers ?? 0;
}

/**
 * Writes into `wanted` who is to be thought of on the festivals that are near: from the days of notice on until a week after.
 * A customer whom two cares mean is reminded of once, by the care that is older.
 * @param keptDays so long a festival that nobody kept stays
 * @returns the cares that are off
 */
export async function gatherFestivals(
  db: Db,
  { today, keptDays }: { today: string; keptDays: number },
): Promise<string[]> {
  const calendar = await readCalendar(db);
  const cares = (await listFestivalCares(db, today)).toSorted((a, b) => a.festivalCareId - b.festivalCareId);
  for (const care of cares.filter(({ isOn }) => isOn)) {
    const day = nextFestival(care.festival, daysLater(today, -keptDays));
    if (day > daysLater(today, care.leadDays)) continue;
    const tierIds = care.tiers.map(({ tierId }) => tierId);
    await sql`
      insert into wanted
      select made_key, 'festival', customer_id, ${care.title ?? '节日问候'}::text, ${lastWorkedUntil(day, calendar)}::date,
        ${care.minutes}::int, jsonb_build_object('care', ${care.festivalCareId}::int, 'festival', ${care.festival}::text,
          'festivalOn', ${day}::text, 'what', ${care.title}::text)
      from (
        select c.customer_id, ${`festival ${care.festival} ${day}`} || ' ' || c.customer_id as made_key
        from register_entry c where ${await meant(db, null, { ...care, tierIds })}
        order by c.clv desc nulls last, c.customer_id limit ${mostAtOnce}) f
      where not exists (select from wanted w where w.made_key = f.made_key)`.execute(db);
  }
  return cares.filter(({ isOn }) => !isOn).map(({ festivalCareId }) => String(festivalCareId));
}
