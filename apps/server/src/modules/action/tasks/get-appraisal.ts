import { lifecycleStage, type Appraisal, type AppraisalGroup, type AppraisalQuery } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { readSettings } from '../../people/settings/index.js';
import { inSegments, type Among, type Reader } from '../../records/customers/index.js';
import { appraise, type AppraisalCell } from './appraise.rules.js';

const quarterDays = 91;
const dayMs = 86_400_000;

/** Published runs whose scores are kept, the latest first. */
async function keptRuns(db: Db): Promise<Appraisal['runs']> {
  const { rows } = await sql<Appraisal['runs'][number]>`
    select r.valuation_run_id as "valuationRunId", r.as_of as "asOf" from valuation_run r
    where r.status = 'published'
      and exists (select from customer_score s where s.valuation_run_id = r.valuation_run_id)
    order by r.published_at desc, r.valuation_run_id desc`.execute(db);
  return rows;
}

/** The run asked for, or the one nearest to a quarter before the last; of days before the last alone. */
function baselineOf(
  runs: Appraisal['runs'],
  wanted: number | undefined,
): Appraisal['runs'][number] | undefined {
  const [last, ...earlier] = runs;
  if (last === undefined) return undefined;
  const before = earlier.filter(({ asOf }) => asOf < last.asOf);
  const asked = before.find(({ valuationRunId }) => valuationRunId === wanted);
  if (asked) return asked;
  const off = ({ asOf }: { asOf: string }) =>
    Math.abs((Date.parse(last.asOf) - Date.parse(asOf)) / dayMs - quarterDays);
  return before.toSorted((a, b) => off(a) - off(b))[0];
}

interface CellRow extends AppraisalCell, Pick<AppraisalGroup, 'tierName' | 'tierBadge' | 'segment'> {
  /** False: they came in between, or changed hands. */
  isHeld: boolean;
}

/**
 * Sums by holder and cell. Held throughout: valued in both runs, and in the same hands since the first. Tier, segment and stage
 * are those of the first day, so that nobody is judged by where his work has brought a customer.
 */
async function cellsOf(
  db: Db,
  from: Appraisal['runs'][number],
  toRunId: number,
  among: Among,
): Promise<CellRow[]> {
  const { rows } = await sql<CellRow>`
    select owner_id as "holderId", is_held as "isHeld", concat_ws(' ', tier_id, segment, stage) as cell, coalesce(stage, '') as stage,
      segment, (array_agg(tier_name))[1] as "tierName", (array_agg(tier_badge))[1] as "tierBadge",
      count(*)::int as customers, coalesce(sum(before), 0) as before, sum(now) as now,
      coalesce(sum(before * before), 0) as "beforeSquared", sum(now * now) as "nowSquared",
      coalesce(sum(before * now), 0) as product
    from (
      select c.owner_id, n.clv as now, b.clv as before, coalesce(t.tier_id, 0) as tier_id, tier.name as tier_name, tier.badge as tier_badge, b.rfm_segment as segment, g.stage,
        b.customer_id is not null and moved.customer_id is null as is_held
      from customer_score n join customer c on c.customer_id = n.customer_id
      left join customer_score b on b.valuation_run_id = ${from.valuationRunId}::bigint and b.customer_id = n.customer_id
      left join customer_stage g on g.customer_id = n.customer_id and g.entered_on <= ${from.asOf}::date
        and (g.left_on is null or g.left_on > ${from.asOf}::date)
      left join tier_result t on t.customer_id = n.customer_id and t.tier_run_id = (
        select tier_run_id from tier_run where in_force_at is not null and effective_on <= ${from.asOf}::date
        order by effective_on desc, tier_run_id desc limit 1)
      left join tier on tier.tier_id = t.tier_id
      left join (
        select distinct customer_id from ownership_period
        where manner <> 'start' and started_at >= ${from.asOf}::date + 1) moved on moved.customer_id = n.customer_id
      where n.valuation_run_id = ${toRunId}::bigint and ${among('n.customer_id')}) held
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

/** The groups of a person, named; those with most at stake first. */
function groupsOf(
  own: readonly CellRow[],
  weighed: ReturnType<typeof appraise>[number]['groups'],
): AppraisalGroup[] {
  const named = new Map(own.map((row) => [row.cell, row]));
  return weighed
    .map(({ cell, ...group }) => {
      const row = named.get(cell);
      return {
        tierName: row?.tierName ?? null,
        tierBadge: row?.tierBadge ?? null,
        segment: row?.segment ?? null,
        stage: lifecycleStage.nullable().catch(null).parse(row?.stage),
        ...group,
      };
    })
    .toSorted((a, b) => b.clvBefore - a.clvBefore);
}

/**
 * What became of the value that each person held, of those whom the reader sees and by customers whom the reader sees.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function getAppraisal(db: Db, reader: Reader, query: AppraisalQuery): Promise<Appraisal> {
  const currency = (await readSettings(db)).baseCurrency;
  const among = await inSegments(db, reader, query.segmentId);
  const runs = await keptRuns(db);
  const [last] = runs;
  const from = baselineOf(runs, query.sinceRunId);
  const choice = last === undefined ? [] : runs.filter(({ asOf }) => asOf < last.asOf);
  if (last === undefined || from === undefined) {
    return { currency, from: null, to: null, sinceRunId: null, runs: choice, items: [] };
  }
  const cells = await cellsOf(db, from, last.valuationRunId, among);
  const judged = appraise(cells.filter(({ isHeld }) => isHeld));
  const { rows: people } = await sql<{ id: number; name: string }>`
    select user_id as id, name from colleague
    where user_id = any (${judged.map(({ userId }) => userId)}::int[])`.execute(db);
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const items = judged.map((one) => ({
    ...one,
    name: nameOf.get(one.userId) ?? null,
    leftOut: cells
      .filter(({ holderId, isHeld }) => holderId === one.userId && !isHeld)
      .reduce((sum, { customers }) => sum + customers, 0),
    groups:
      one.userId === query.groupsOf
        ? groupsOf(
            cells.filter(({ holderId }) => holderId === one.userId),
            one.groups,
          )
        : null,
  }));
  return {
    currency,
    from: from.asOf,
    to: last.asOf,
    sinceRunId: from.valuationRunId,
    runs: choice,
    items: items.toSorted((a, b) => b.clvDifference - a.clvDifference || a.userId - b.userId),
  };
}
