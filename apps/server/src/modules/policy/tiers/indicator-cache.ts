import type { TierDefinition, TierDoubt } from '@kezi/contract';
import type { Platform } from '../../../platform/platform.js';
import { indicatorsOf } from './check-definition.rules.js';
import type { Graded } from './grade.rules.js';
import { loadIndicators, type IndicatorTable } from './load-indicators.js';

/** What the figures are true for; another basis is another table. */
export interface Basis {
  asOf: string;
  valuationRunId: number | null;
  previousRunId: number | null;
}

interface Kept {
  basis: string;
  table: Promise<IndicatorTable>;
  columns: Map<string, Promise<Float64Array>>;
  points: Map<string, { column: Int16Array; doubt: TierDoubt | null }>;
  forget: NodeJS.Timeout;
}

/** Figures that are looked at again and again while a policy is written; they may be so old. */
const keptMs = 10 * 60_000;

const kept = new WeakMap<Platform, Kept>();

function pointsKey(indicator: ReturnType<typeof indicatorsOf>[number]): string {
  const { feature, direction, normalisation, missing } = indicator;
  return JSON.stringify([feature, direction, normalisation, missing]);
}

/** Throws away what was read: orders or values have changed. */
export function forgetIndicators(platform: Platform): void {
  clearTimeout(kept.get(platform)?.forget);
  kept.delete(platform);
}

function open(platform: Platform, basis: Basis): Kept {
  const text = JSON.stringify(basis);
  const found = kept.get(platform);
  if (found?.basis === text) return found;
  forgetIndicators(platform);
  const forget = setTimeout(() => kept.delete(platform), keptMs);
  forget.unref();
  const made: Kept = {
    basis: text,
    table: read(platform, basis, []),
    columns: new Map(),
    points: new Map(),
    forget,
  };
  // A failed reading is met where it is awaited, and not kept.
  made.table.catch(() => forgetIndicators(platform));
  kept.set(platform, made);
  return made;
}

function read(platform: Platform, basis: Basis, features: readonly string[]): Promise<IndicatorTable> {
  const decidedBefore = platform.clock.now().toISOString();
  return loadIndicators(platform.db.pool, { ...basis, features, decidedBefore });
}

async function columnsOf(
  platform: Platform,
  basis: Basis,
  store: Kept,
  features: readonly string[],
): Promise<Float64Array[] | null> {
  const missing = features.filter((feature) => !store.columns.has(feature));
  if (missing.length > 0) {
    const loading = read(platform, basis, missing);
    for (const [i, feature] of missing.entries()) {
      const column = loading.then((table) => table.measured[i] ?? new Float64Array());
      column.catch(() => store.columns.delete(feature));
      store.columns.set(feature, column);
    }
  }
  const columns = await Promise.all(features.map(async (feature) => store.columns.get(feature)));
  const { size } = await store.table;
  // Customers came or went between two readings: all is read anew.
  return columns.every((column) => column?.length === size) ? (columns as Float64Array[]) : null;
}

export interface KeptIndicators {
  table: IndicatorTable;
  measured: Float64Array[];
  points: (Int16Array | null)[];
  /** What is doubted of the indicators of these points. */
  pointDoubts: (TierDoubt | null)[];
  keep: (graded: Pick<Graded, 'points' | 'pointDoubts'>) => void;
}

/**
 * The columns that a policy reads, as measured and as points where these were worked out before: read once, then a changed
 * weight costs no look at the database.
 */
export async function keepIndicators(
  platform: Platform,
  basis: Basis,
  definition: TierDefinition,
): Promise<KeptIndicators> {
  const indicators = indicatorsOf(definition);
  const features = indicators.map((indicator) => indicator.feature);
  let store = open(platform, basis);
  let measured = await columnsOf(platform, basis, store, features);
  if (measured === null) {
    forgetIndicators(platform);
    store = open(platform, basis);
    const table = await read(platform, basis, features);
    store.table = Promise.resolve(table);
    for (const [i, feature] of features.entries()) {
      store.columns.set(feature, Promise.resolve(table.measured[i] ?? new Float64Array()));
    }
    measured = table.measured;
  }
  const { points } = store;
  const known = indicators.map((indicator) => points.get(pointsKey(indicator)));
  return {
    table: await store.table,
    measured,
    points: known.map((one) => one?.column ?? null),
    pointDoubts: known.map((one) => one?.doubt ?? null),
    keep(graded) {
      for (const [i, indicator] of indicators.entries()) {
        const column = graded.points[i];
        if (column) points.set(pointsKey(indicator), { column, doubt: graded.pointDoubts[i] ?? null });
      }
    },
  };
}
