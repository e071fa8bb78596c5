import type { Overview } from '@kezi/contract';
import { rfmSegments, type RfmSegment } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';
import { readSettings } from '../../people/settings/index.js';
import { inSegments, type Reader } from '../../records/customers/index.js';
import {
  countChangedCustomers,
  latestPublishedRuns,
  readSummary,
  summariseScores,
  worthNothing,
  type SummaryRow,
} from '../../insight/valuation/index.js';
import { concentrationOf, histogramOf, type ValueBin } from './concentration.rules.js';
import { countCustomers, listTopCustomers } from './dashboards.queries.js';

/**
 * What the customers whom the reader may see are worth together, or those of them who are in some segments.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function getOverview(db: Db, reader: Reader, segmentId: readonly number[]): Promise<Overview> {
  const among = await inSegments(db, reader, segmentId);
  // Sums over everybody are kept with the run.
  const isEverybody = reader.scope === 'all' && segmentId.length === 0;
  const { baseCurrency } = await readSettings(db);
  const [{ latest, previous }, changedCustomers, customers] = [
    await latestPublishedRuns(db),
    await countChangedCustomers(db, among),
    await countCustomers(db, among),
  ];
  const common = { currency: baseCurrency, changedCustomers, customers };
  if (latest === null) return { ...common, ...nothingYet };
  // Loaded at the first overview of a run: the models behind it would cost every start.
  const { intervalOfTotal } = await import('@kezi/valuation');
  const rows = isEverybody
    ? await readSummary(db, latest.valuationRunId)
    : await summariseScores(db, latest.valuationRunId, previous?.valuationRunId ?? null, among);
  const total = rows.find((row) => row.dimension === 'total');
  const bins = valueBins(rows);
  const movement = movementOf(rows);
  const change = movement.reduce((sum, part) => sum + part.clv, 0);
  return {
    ...common,
    run: {
      valuationRunId: latest.valuationRunId,
      asOf: latest.asOf,
      publishedAt: latest.publishedAt ?? latest.createdAt,
      modelName: latest.card?.model.name ?? '',
      horizon: latest.card ? { length: latest.card.horizon, unit: latest.card.timeUnit } : null,
    },
    total: total
      ? {
          customers: total.customers,
          clv: total.clv,
          ...intervalOfTotal(total.clv, total.clvVariance, latest.card?.parameterVariance ?? 0),
          expectedOrders: total.expectedOrders,
        }
      : null,
    previous: previous && total ? { asOf: previous.asOf, clv: total.clv - change } : null,
    movement,
    concentration: concentrationOf(bins),
    bySegment: segmentsOf(rows),
    byCohort: rows
      .filter((row) => row.dimension === 'cohort' && row.key !== '')
      .map((row) => ({ cohort: row.key, customers: row.customers, active: row.alive, clv: row.clv }))
      .toSorted((a, b) => (a.cohort < b.cohort ? -1 : 1)),
    histogram: histogramOf(bins),
    top: await listTopCustomers(db, among),
  };
}

const nothingYet = {
  run: null,
  total: null,
  previous: null,
  movement: [],
  concentration: { lorenz: [], gini: 0, topTenPercentShare: 0 },
  bySegment: [],
  byCohort: [],
  histogram: [],
  top: [],
} satisfies Partial<Overview>;

const movementOrder = ['new', 'risen', 'fallen', 'gone'] as const;

function movementOf(rows: readonly SummaryRow[]): Overview['movement'] {
  return movementOrder.flatMap((kind) => {
    const row = rows.find((each) => each.dimension === 'movement' && each.key === kind);
    return row ? [{ kind, customers: row.customers, clv: row.clv }] : [];
  });
}

function segmentsOf(rows: readonly SummaryRow[]): Overview['bySegment'] {
  const found = new Map(rows.filter((row) => row.dimension === 'segment').map((row) => [row.key, row]));
  return rfmSegments.flatMap((segment: RfmSegment) => {
    const row = found.get(segment);
    return row ? [{ segment, customers: row.customers, clv: row.clv }] : [];
  });
}

function valueBins(rows: readonly SummaryRow[]): ValueBin[] {
  return rows
    .filter((row) => row.dimension === 'value-bin')
    .map((row) => ({
      bin: row.key === worthNothing ? null : Number(row.key),
      customers: row.customers,
      clv: row.clv,
    }));
}
