import type { FestivalCare, FestivalCareInput, FestivalCarePatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { lastWorkedUntil, readCalendar } from '../../policy/clocks/index.js';
import { inSegments, type Reader } from '../../records/customers/index.js';
import { nextFestival } from './festival-days.js';

interface Writer {
  reader: Reader;
  now: Date;
  today: string;
}

type Stored = Omit<FestivalCare, 'nextOn' | 'dueOn'>;

/** Festivals that are kept with customers, the next first. */
export async function listFestivalCares(db: Db, today: string): Promise<FestivalCare[]> {
  const { rows } = await sql<Stored>`
    select f.festival_care_id as "festivalCareId", f.festival, f.title, f.lead_days as "leadDays", f.minutes,
      coalesce((select jsonb_agg(jsonb_build_object('tierId', t.tier_id, 'name', t.name) order by t.tier_set_id, t.rank)
        from tier t where t.tier_id = any (f.tier_ids)), '[]') as tiers,
      f.regions, f.segment_id as "segmentId", s.name as "segmentName", f.is_on as "isOn", f.row_version as "rowVersion",
      (select count(*)::int from task t where t.kind = 'festival' and t.made_key is not null and t.status = 'open'
        and (t.made ->> 'care')::int = f.festival_care_id) as open
    from festival_care f left join segment s using (segment_id)
    order by f.festival_care_id`.execute(db);
  const calendar = await readCalendar(db);
  return rows
    .map((care) => {
      const nextOn = nextFestival(care.festival, today);
      return { ...care, nextOn, dueOn: lastWorkedUntil(nextOn, calendar) };
    })
    .toSorted((a, b) => (a.nextOn < b.nextOn ? -1 : a.nextOn > b.nextOn ? 1 : 0));
}

async function find(db: Db, festivalCareId: number, today: string): Promise<FestivalCare> {
  const cares = await listFestivalCares(db, today);
  const care = cares.find((one) => one.festivalCareId === festivalCareId);
  if (!care) throw new CodedError('tasks.festival_not_found');
  return care;
}

interface Audience {
  tierIds: readonly number[];
  segmentId: number | null;
}

/** @throws CodedError tasks.tier_unknown, segments.not_found, segments.not_usable */
async function checkAudience(db: Db, reader: Reader, { tierIds, segmentId }: Audience): Promise<void> {
  const wanted = new Set(tierIds);
  if (wanted.size > 0) {
    const known = await db
      .selectFrom('tier')
      .where('tier_id', 'in', [...wanted])
      .select('tier_id')
      .execute();
    if (known.length < wanted.size) throw new CodedError('tasks.tier_unknown');
  }
  if (segmentId !== null) await inSegments(db, reader, [segmentId]);
}

const told = ({ tiers, regions, title, leadDays, minutes, segmentName, isOn }: FestivalCare) => ({
  title,
  leadDays,
  minutes,
  tiers: tiers.map(({ name }) => name).join(' '),
  regions: regions.join(' '),
  segmentName,
  isOn,
});

/** @throws CodedError tasks.tier_unknown, segments.not_found, segments.not_usable */
export async function addFestivalCare(
  db: Db,
  input: FestivalCareInput,
  { reader, now, today }: Writer,
): Promise<FestivalCare> {
  await checkAudience(db, reader, input);
  const { festival_care_id: id } = await db
    .insertInto('festival_care')
    .values({
      festival: input.festival,
      title: input.title,
      lead_days: input.leadDays,
      minutes: input.minutes,
      tier_ids: input.tierIds,
      regions: input.regions,
      segment_id: input.segmentId,
      is_on: input.isOn,
      updated_by: reader.userId,
      created_at: now,
      updated_at: now,
    })
    .returning('festival_care_id')
    .executeTakeFirstOrThrow();
  const made = await find(db, id, today);
  await writeAudit(db, {
    action: 'festivalCare.created',
    subject: 'festivalCare',
    subjectId: id,
    changes: changesBetween({}, { festival: made.festival, ...told(made) }),
  });
  return made;
}

/** @throws CodedError tasks.festival_not_found, tasks.rule_changed, and those of adding one */
export async function changeFestivalCare(
  db: Db,
  id: number,
  patch: FestivalCarePatch,
  { reader, now, today }: Writer,
): Promise<FestivalCare> {
  const before = await find(db, id, today);
  const after = {
    title: patch.title === undefined ? before.title : patch.title,
    lead_days: patch.leadDays ?? before.leadDays,
    minutes: patch.minutes ?? before.minutes,
    tier_ids: patch.tierIds ?? before.tiers.map(({ tierId }) => tierId),
    regions: patch.regions ?? before.regions,
    segment_id: patch.segmentId === undefined ? before.segmentId : patch.segmentId,
    is_on: patch.isOn ?? before.isOn,
  };
  await checkAudience(db, reader, { tierIds: patch.tierIds ?? [], segmentId: patch.segmentId ?? null });
  const done = await db
    .updateTable('festival_care')
    .set({ ...after, row_version: patch.rowVersion + 1, updated_by: reader.userId, updated_at: now })
    .where('festival_care_id', '=', id)
    .where('row_version', '=', patch.rowVersion)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new CodedError('tasks.rule_changed');
  const changed = await find(db, id, today);
  await writeAudit(db, {
    action: 'festivalCare.changed',
    subject: 'festivalCare',
    subjectId: id,
    changes: changesBetween(told(before), told(changed)),
  });
  return changed;
}

/** Its open tasks go with it. @throws CodedError tasks.festival_not_found */
export async function deleteFestivalCare(db: Db, id: number, today: string): Promise<void> {
  const { festival } = await find(db, id, today);
  await db.deleteFrom('festival_care').where('festival_care_id', '=', id).execute();
  await writeAudit(db, {
    action: 'festivalCare.deleted',
    subject: 'festivalCare',
    subjectId: id,
    changes: { festival: [festival, null] },
  });
}
