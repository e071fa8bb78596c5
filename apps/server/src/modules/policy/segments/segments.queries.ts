import type { Segment, SegmentInput, SegmentPatch, SegmentRule } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import { personName } from '../../../platform/db/person-name.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Reader } from '../../records/customers/index.js';
import { keepMembers } from './keep-members.js';
import { featuresKept } from './cluster-features.js';
import { asksForKept, ruleCondition } from './segment-rule.js';

interface SegmentRow extends Omit<Segment, 'isMine' | 'isUsable'> {
  createdBy: number;
  clusterFeatures: string[] | null;
}

/** One's own and those that others share. Who sees all rows of the organisation sees no more here. */
function segments(db: Db, userId: number) {
  return db
    .selectFrom('segment as s')
    .leftJoin('cluster_run as r', 'r.cluster_run_id', 's.cluster_run_id')
    .where((is) => is.or([is('s.created_by', '=', userId), is('s.is_shared', '=', true)]))
    .select([
      's.segment_id as segmentId',
      's.name',
      's.note',
      's.kind',
      's.rule',
      's.frozen_on as frozenOn',
      's.cluster_run_id as clusterRunId',
      's.is_shared as isShared',
      's.created_by as createdBy',
      personName('s.created_by').as('createdByName'),
      's.row_version as rowVersion',
      's.updated_at as updatedAt',
      'r.features as clusterFeatures',
    ])
    .$castTo<SegmentRow>();
}

function seenBy(
  { userId, fieldRules = {} }: Reader,
  { createdBy, clusterFeatures, ...row }: SegmentRow,
): Segment {
  const asks = row.rule !== null && asksForKept(row.rule, fieldRules);
  const isUsable = !asks && !featuresKept(clusterFeatures ?? [], fieldRules);
  return { ...row, isMine: createdBy === userId, isUsable };
}

export async function listSegments(db: Db, reader: Reader): Promise<Segment[]> {
  const rows = await segments(db, reader.userId)
    .orderBy('s.cluster_run_id', (order) => order.desc().nullsFirst())
    .orderBy('s.name')
    .orderBy('s.segment_id')
    .limit(1000)
    .execute();
  return rows.map((row) => seenBy(reader, row));
}

/** @throws CodedError segments.not_found, also for what somebody else has not shared */
export async function getSegment(db: Db, reader: Reader, segmentId: number): Promise<Segment> {
  const row = await segments(db, reader.userId).where('s.segment_id', '=', segmentId).executeTakeFirst();
  if (!row) throw new CodedError('segments.not_found');
  return seenBy(reader, row);
}

/** @throws CodedError fields.restricted_forbidden, and those of `ruleCondition` */
export function checkRule(reader: Reader, rule: SegmentRule): void {
  ruleCondition(rule, null);
  if (asksForKept(rule, reader.fieldRules ?? {})) throw new CodedError('fields.restricted_forbidden');
}

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

async function refusingTwins<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== uniqueViolation) throw error;
    throw new CodedError('segments.name_exists', { name }, { cause: error });
  }
}

/**
 * Keeps a segment; of a static one also whoever fits today, as far as the reader sees them.
 * @param today the day on which its members are kept
 * @throws CodedError segments.name_exists, and those of `checkRule`
 */
export async function createSegment(
  db: Db,
  reader: Reader,
  input: SegmentInput,
  today: string,
): Promise<number> {
  checkRule(reader, input.rule);
  const { segment_id: id } = await refusingTwins(input.name, () =>
    db
      .insertInto('segment')
      .values({
        name: input.name,
        note: input.note ?? null,
        kind: input.kind,
        rule: JSON.stringify(input.rule),
        frozen_on: input.kind === 'static' ? today : null,
        is_shared: input.isShared,
        created_by: reader.userId,
      })
      .returning('segment_id')
      .executeTakeFirstOrThrow(),
  );
  const members = input.kind === 'static' ? await keepMembers(db, id, input.rule) : undefined;
  await writeAudit(db, {
    action: 'segment.created',
    subject: 'segment',
    subjectId: id,
    changes: { name: [null, input.name], kind: [null, input.kind], members },
  });
  return id;
}

async function mustBeMine(db: Db, reader: Reader, segmentId: number): Promise<Segment> {
  const segment = await getSegment(db, reader, segmentId);
  if (!segment.isMine)
    throw new CodedError('segments.others_forbidden', { name: segment.createdByName ?? '' });
  return segment;
}

/** @throws CodedError segments.not_found, segments.others_forbidden, segments.changed, segments.static_rule, segments.name_exists */
export async function updateSegment(
  db: Db,
  reader: Reader,
  segmentId: number,
  patch: SegmentPatch,
  now: Date,
): Promise<void> {
  const before = await mustBeMine(db, reader, segmentId);
  if (patch.rule !== undefined) {
    if (before.kind === 'static') throw new CodedError('segments.static_rule');
    checkRule(reader, patch.rule);
  }
  const after = {
    name: patch.name ?? before.name,
    note: patch.note === undefined ? before.note : patch.note,
    rule: JSON.stringify(patch.rule ?? before.rule),
    isShared: patch.isShared ?? before.isShared,
  };
  const done = await refusingTwins(after.name, () =>
    db
      .updateTable('segment')
      .set({
        name: after.name,
        note: after.note,
        rule: before.rule === null && patch.rule === undefined ? null : after.rule,
        is_shared: after.isShared,
        row_version: patch.rowVersion + 1,
        updated_at: now,
      })
      .where('segment_id', '=', segmentId)
      .where('row_version', '=', patch.rowVersion)
      .executeTakeFirst(),
  );
  if (done.numUpdatedRows === 0n) throw new CodedError('segments.changed');
  await writeAudit(db, {
    action: 'segment.changed',
    subject: 'segment',
    subjectId: segmentId,
    changes: changesBetween({ ...before, rule: JSON.stringify(before.rule) }, after),
  });
}

/** @throws CodedError segments.not_found, segments.others_forbidden, segments.used_conflict */
export async function deleteSegment(db: Db, reader: Reader, segmentId: number): Promise<void> {
  const { name } = await mustBeMine(db, reader, segmentId);
  // A scoped reader sees no member of theirs that others own: these go with the segment, by its reference.
  try {
    await db.deleteFrom('segment').where('segment_id', '=', segmentId).execute();
  } catch (error) {
    if (sqlStateOf(error) !== foreignKeyViolation) throw error;
    throw new CodedError('segments.used_conflict', { name }, { cause: error });
  }
  await writeAudit(db, {
    action: 'segment.deleted',
    subject: 'segment',
    subjectId: segmentId,
    changes: { name: [name, null] },
  });
}

/**
 * Keeps whoever is in a segment today as a static one of its own.
 * @throws CodedError segments.not_found, segments.not_usable, segments.name_exists, segments.cluster_kept
 */
export async function freezeSegment(
  db: Db,
  reader: Reader,
  freezing: { segmentId: number; name: string; today: string },
): Promise<number> {
  const { rule, note, kind } = await getSegment(db, reader, freezing.segmentId);
  if (rule === null || kind === 'static') throw new CodedError('segments.static_already');
  const input = { name: freezing.name, note, kind: 'static' as const, rule, isShared: false };
  return createSegment(db, reader, input, freezing.today);
}

/** Rules and kinds of segments by number, as far as the reader may use them. @throws CodedError segments.not_found, segments.not_usable */
export async function usableSegments(db: Db, reader: Reader, ids: readonly number[]): Promise<Segment[]> {
  const rows = await segments(db, reader.userId)
    .where('s.segment_id', 'in', [...ids])
    .execute();
  if (rows.length < new Set(ids).size) throw new CodedError('segments.not_found');
  const found = rows.map((row) => seenBy(reader, row));
  const kept = found.find(({ isUsable }) => !isUsable);
  if (kept) throw new CodedError('segments.not_usable', { name: kept.name });
  return found;
}

/** Tags and sources that customers of the reader carry, the most frequent first. */
export async function wordsInUse(db: Db, table: 'customer_tag' | 'customer_profile'): Promise<string[]> {
  const name = sql.raw(table === 'customer_tag' ? 'tag' : 'source');
  const { rows } = await sql<{ word: string }>`
    select ${name} as word from ${sql.table(table)} where ${name} is not null
    group by 1 order by count(*) desc, 1 limit 200`.execute(db);
  return rows.map(({ word }) => word);
}

/** Names of free fields, by a look at some thousand customers, and the fields that the administrator has defined. */
export async function ownFields(db: Db): Promise<{ field: string; name: string; kind: string }[]> {
  const { rows } = await sql<{ field: string; name: string; kind: string }>`
    select 'field:' || custom_field_id as field, name, kind from custom_field where not is_retired
    union all
    select * from (
      select distinct 'custom:' || key as field, key as name, 'text' as kind
      from (select custom from customer where custom <> '{}' limit 2000) sample, jsonb_object_keys(sample.custom) key
      order by 1 limit 100) free`.execute(db);
  return rows;
}
