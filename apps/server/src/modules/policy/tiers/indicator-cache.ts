import type { TierDefinition, TierDoubt } from '@kezi/contract';
import type { Platform } from '../../../platform/platform.js';
import { indicatorsOf } from './check-definition.rules.js';
import type { Graded } from './grade.rules.js';
import { loadIndicators, type IndicatorTable } from './load-indicators.js';

/** What the figures are true for; another valuation is another table, other tiers in force are other places to come from. */
export interface Basis {
  asOf: string;
  valuationRunId: number | null;
  previousRunId: number | null;
}

/** An indicator of these customers, in their order. */
interface Column {
  values: Float64Array;
  customerId: Float64Array;
}

/** Queries that read what is asked for: how many are through. */
interface Measuring {
  done: number;
  parts: number;
}

interface Kept {
  /** The day and the valuation that columns are true for. */
  figures: string;
  /** The run whose tiers customers hold; null where it has to be read anew. */
  held: string | null;
  table: Promise<IndicatorTable>;
  columns: Map<string, Promise<Column>>;
  points: Map<string, { column: Int16Array; doubt: TierDoubt | null }>;
  measuring: Set<Measuring>;
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

/** Who holds which tier has changed; what was measured of customers has not. */
export function forgetHeldTiers(platform: Platform): void {
  const store = kept.get(platform);
  if (store) store.held = null;
}

/** How far the reading of figures is; null where none goes on. */
export function measuringNow(platform: Platform): Measuring | null {
  const under = [...(kept.get(platform)?.measuring ?? [])];
  if (under.length === 0) return null;
  const sum = (of: keyof Measuring) => under.reduce((total, each) => total + each[of], 0);
  return { done: sum('done'), parts: sum('parts') };
}

async function read(
  platform: Platform,
  measuring: Set<Measuring>,
  basis: Basis,
  features: readonly string[],
): Promise<IndicatorTable> {
  const own: Measuring = { done: 0, parts: 1 };
  measuring.add(own);
  const onPart = (done: number, parts: number) => Object.assign(own, { done, parts });
  const decidedBefore = platform.clock.now().toISOString();
  try {
    return await loadIndicators(platform.db.pool, { ...basis, features, decidedBefore, onPart });
  } finally {
    measuring.delete(own);
  }
}

/** Keeps the columns of a reading. A failed one is met where it is awaited, and not kept. */
function takeColumns(store: Kept, loading: Promise<IndicatorTable>, features: readonly string[]): void {
  for (const [i, feature] of features.entries()) {
    const column = loading.then(({ measured, customerId }) => ({
      values: measured[i] ?? new Float64Array(),
      customerId,
    }));
    column.catch(() => store.columns.delete(feature));
    store.columns.set(feature, column);
  }
}

function readTiers(platform: Platform, store: Kept, basis: Basis): void {
  store.held = String(basis.previousRunId);
  store.table = read(platform, store.measuring, basis, []);
  store.table.catch(() => forgetIndicators(platform));
}

/** What is kept for this day and valuation. Where that is nothing, customers and these features come with one reading. */
function open(platform: Platform, basis: Basis, features: readonly string[]): Kept {
  const figures = JSON.stringify([basis.asOf, basis.valuationRunId]);
  const found = kept.get(platform);
  if (found?.figures === figures) {
    if (found.held !== String(basis.previousRunId)) readTiers(platform, found, basis);
    return found;
  }
  forgetIndicators(platform);
  const forget = setTimeout(() => kept.delete(platform), keptMs);
  forget.unref();
  const measuring = new Set<Measuring>();
  const made: Kept = {
    figures,
    held: String(basis.previousRunId),
    table: read(platform, measuring, basis, features),
    columns: new Map(),
    points: new Map(),
    measuring,
    forget,
  };
  made.table.catch(() => forgetIndicators(platform));
  takeColumns(made, made.table, features);
  kept.set(platform, made);
  return made;
}

const areSame = (some: Float64Array, others: Float64Array): boolean =>
  some === others || (some.length === others.length && some.every((id, i) => id === others[i]));

/** @returns null where customers came or went between two readings: places no longer mean the same ones */
async function columnsOf(
  platform: Platform,
  basis: Basis,
  store: Kept,
  features: readonly string[],
): Promise<Float64Array[] | null> {
  const missing = features.filter((feature) => !store.columns.has(feature));
  if (missing.length > 0) {
    takeColumns(store, read(platform, store.measuring, basis, missing), missing);
  }
  const { customerId } = await store.table;
  const columns = await Promise.all(features.flatMap((feature) => store.columns.get(feature) ?? []));
  const readings = new Set(columns.map((column) => column.customerId));
  return [...readings].every((ids) => areSame(ids, customerId)) ? columns.map(({ values }) => values) : null;
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
 * weight costs no look at the database, and other tiers in force cost one at the tiers alone.
 */
export async function keepIndicators(
  platform: Platform,
  basis: Basis,
  definition: TierDefinition,
): Promise<KeptIndicators> {
  const indicators = indicatorsOf(definition);
  const features = indicators.map((indicator) => indicator.feature);
  let store = open(platform, basis, features);
  let measured = await columnsOf(platform, basis, store, features);
  if (measured === null) {
    forgetIndicators(platform);
    store = open(platform, basis, features);
    ({ measured } = await store.table);
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
