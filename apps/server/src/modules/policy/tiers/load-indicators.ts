import { pipeline } from 'node:stream/promises';
import type { Pool, PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withSystemClient } from '../../../platform/db/system-client.js';
import { RowReader } from './read-binary-rows.js';
import { groupsOf, indicatorSql } from './tier-features.js';

/** Columns of all customers in the order of their ids; shared with the thread that grades. */
export interface IndicatorTable {
  size: number;
  customerId: Float64Array;
  /** Major units of the base currency; 0 for a customer without a value. */
  clv: Float64Array;
  /** Tier held now, and since which day (days from 1970); NaN without one. */
  heldTierId: Float64Array;
  heldSince: Float64Array;
  measured: Float64Array[];
}

interface LoadRequest {
  asOf: string;
  valuationRunId: number | null;
  features: readonly string[];
  /** From whose tiers customers come. */
  previousRunId: number | null;
  /** What this run kept of its customers, in place of the measures of today: SQL of its row `c`, column by column. */
  kept?: { tierRunId: number; columns: readonly string[] };
  /** Decisions made by then count. */
  decidedBefore: string;
  /** Told of each query that is through: how many of how many. */
  onPart?: (done: number, parts: number) => void;
}

function heldSql({ previousRunId, decidedBefore }: LoadRequest): string {
  if (previousRunId === null)
    return `left join (select null::float8 as tier_id, null::date as since) held on true`;
  return `left join (
    select r.customer_id, coalesce(d.to_tier_id, r.tier_id)::float8 as tier_id, coalesce(d.effective_on, r.since) as since
    from tier_result r left join tier_decision d on d.tier_run_id = r.tier_run_id and d.customer_id = r.customer_id
      and d.kind = 'demotion' and d.status = 'approved' and d.decided_at < '${decidedBefore}'::timestamptz
    where r.tier_run_id = ${previousRunId}) held on held.customer_id = c.customer_id`;
}

/** A query that fills some columns; all of them give the same customers in the same order. */
interface Share {
  sql: string;
  /** Columns of the table, in the order of the query. */
  columns: number[];
}

const fixed = `c.customer_id::float8, coalesce(value.clv, 0)::float8, held.tier_id,
    (held.since - date '1970-01-01')::float8`;
const fixedColumns = [0, 1, 2, 3];

function valueSql({ valuationRunId }: LoadRequest): string {
  return `left join customer_score value
    on value.valuation_run_id = ${valuationRunId ?? 'null'}::bigint and value.customer_id = c.customer_id`;
}

function keptShare(request: LoadRequest, { tierRunId, columns }: NonNullable<LoadRequest['kept']>): Share {
  const measured = columns.map((column) => `(${column})::float8`);
  return {
    columns: [...fixedColumns, ...columns.map((_, i) => fixedColumns.length + i)],
    sql: `select ${[fixed, ...measured].join(', ')} from tier_result c ${valueSql(request)} ${heldSql(request)}
      where c.tier_run_id = ${tierRunId} order by c.customer_id`,
  };
}

/** One query for all, and one for each group of indicators that read tables of their own: two processors have enough to do. */
function sharesOf(request: LoadRequest): Share[] {
  if (request.kept) return [keptShare(request, request.kept)];
  const groups = groupsOf(request.features);
  return groups.map((features, i) => {
    const indicators = indicatorSql({ ...request, features });
    const isFirst = i === 0;
    const columns = [...(isFirst ? [fixed] : []), ...indicators.columns];
    const joins = isFirst ? `${indicators.joins} ${valueSql(request)} ${heldSql(request)}` : indicators.joins;
    return {
      columns: [
        ...(isFirst ? fixedColumns : []),
        ...features.map((feature) => fixedColumns.length + request.features.indexOf(feature)),
      ],
      sql: `${indicators.with} select ${columns.join(', ')} from customer c ${joins} order by c.customer_id`,
    };
  });
}

const shared = (size: number) => new Float64Array(new SharedArrayBuffer(size * 8));

/** Fills the columns of one query. @returns how many rows it had */
async function fill(
  client: PoolClient,
  { sql, columns }: Share,
  table: readonly Float64Array[],
  signal: AbortSignal | undefined,
): Promise<number> {
  // The planner would rather walk an index of orders customer by customer.
  await client.query(`select set_config('work_mem', '128MB', true), set_config('jit', 'off', true)`);
  const reader = new RowReader(columns.map((column) => table[column] ?? new Float64Array()));
  const copy = client.query(copyTo(`copy (${sql}) to stdout (format binary)`));
  await pipeline(
    copy,
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) reader.take(chunk);
    },
    signal ? { signal } : {},
  );
  return reader.rows;
}

/** Reads side by side, all of the same moment. @returns the columns with room for all, and how many customers there are */
async function readAll(
  pool: Pool,
  request: LoadRequest,
  signal: AbortSignal | undefined,
): Promise<{ columns: Float64Array[]; size: number }> {
  const { kept, features, onPart } = request;
  const shares = sharesOf(request);
  const [own, ...others] = shares as [Share, ...Share[]];
  let done = 0;
  onPart?.(0, shares.length);
  const through = (rows: number) => {
    onPart?.(++done, shares.length);
    return rows;
  };
  return withSystemClient(
    pool,
    async (client) => {
      const from = kept ? `tier_result where tier_run_id = ${kept.tierRunId}` : 'customer';
      const { rows } = await client.query<{ size: string; snapshot: string }>(
        `select count(*) as size, pg_export_snapshot() as snapshot from ${from}`,
      );
      const { size = '0', snapshot = '' } = rows[0] ?? {};
      const columns = Array.from({ length: fixedColumns.length + (kept?.columns ?? features).length }, () =>
        shared(Number(size)),
      );
      const sizes = await Promise.all([
        fill(client, own, columns, signal).then(through),
        ...others.map((share) =>
          withSystemClient(pool, (other) => fill(other, share, columns, signal), { snapshot }).then(through),
        ),
      ]);
      if (sizes.some((each) => each !== sizes[0]))
        throw new Error(`Rows of one moment: ${sizes.join(', ')}.`);
      return { columns, size: sizes[0] ?? 0 };
    },
    'first',
  );
}

/**
 * Reads the indicators of all customers set-wise, the answers by COPY in binary form straight into columns. A million customers
 * with sixteen indicators are 240 MB on the wire and 160 in memory.
 */
export async function loadIndicators(
  pool: Pool,
  request: LoadRequest,
  signal?: AbortSignal,
): Promise<IndicatorTable> {
  // What two axes ask for is read once.
  const features = [...new Set(request.features)];
  const { columns, size } = await readAll(pool, { ...request, features }, signal);
  const [customerId, clv, heldTierId, heldSince, ...read] = columns.map((column) =>
    column.subarray(0, size),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, ...Float64Array[]];
  const measured = request.kept
    ? read
    : request.features.map((feature) => read[features.indexOf(feature)] ?? new Float64Array());
  return { size, customerId, clv, heldTierId, heldSince, measured };
}
