import { covariateModels } from '@kezi/contract';
import {
  coarsenSummary,
  customerModel,
  drawCovariateModels,
  drawSegments,
  fitBySegment,
  fitWithCovariates,
  modelOfCustomer,
  type CodedLevels,
  type CovariateFit,
  type CovariateModel,
  type CovariateModelName,
  type FeatureTable,
  type FitOptions,
  type PurchaseSummary,
  type SegmentedFit,
} from '@kezi/stats';
import type { CustomerGroups } from '../attributes/group-customers.js';
import { purchaseModelNames, type FittedPurchaseModel, type PurchaseModelName } from './fit-purchase.js';

/** Triples with the group of their customers. */
interface GroupedSummary {
  summary: PurchaseSummary;
  /** Number of the group, a row each. */
  group: Float64Array;
}

/** A model fitted to groups of customers, and the model of each group. */
export type GroupFit = (
  | { kind: 'segments'; fit: SegmentedFit }
  | {
      kind: 'covariates';
      fit: CovariateFit;
      /** Columns whose effect had no bound until it was held by a prior; empty where somebody named a ridge, or none was needed. */
      held: string[];
    }
) & {
  /** By number of the group; empty where the fit cannot be trusted. */
  models: FittedPurchaseModel[];
  /**
   * The model of each group under draws of the parameters from their large-sample distribution; empty where they cannot be
   * drawn.
   */
  drawModels: (count: number, seed: number) => ((group: number) => FittedPurchaseModel)[];
  /** The rows were put into cells before they were fitted. */
  onCells: boolean;
};

const takesCovariates = new Set<string>(covariateModels satisfies readonly CovariateModelName[]);

/** Models that can be fitted to these groups; all of them where there are none. */
export function modelsFor(groups: CustomerGroups | null): readonly PurchaseModelName[] {
  return groups?.kind === 'covariates'
    ? purchaseModelNames.filter((name) => takesCovariates.has(name))
    : purchaseModelNames;
}

/** Whether a model of this name takes covariates. */
export const hasCovariates = (name: string): boolean => takesCovariates.has(name);

/** From so many rows on they are put into cells, group by group: a row costs a fit some 50 microseconds. */
const FINE_FROM = 40_000;
const CELLS = { recency: 32, age: 16 };

/** Rows of each group, in order. */
export function rowsByGroup(group: Float64Array, groups: number): number[][] {
  const rows = Array.from({ length: groups }, (): number[] => []);
  group.forEach((number, i) => rows[number]!.push(i));
  return rows;
}

/** Some rows of a summary. */
export function pickRows(summary: PurchaseSummary, rows: readonly number[]): Required<PurchaseSummary> {
  const of = (column: Float64Array): Float64Array => Float64Array.from(rows, (i) => column[i]!);
  return {
    frequency: of(summary.frequency),
    recency: of(summary.recency),
    age: of(summary.age),
    weight: summary.weight ? of(summary.weight) : new Float64Array(rows.length).fill(1),
  };
}

/**
 * Few rows for many: the customers of each group in cells of recency and age, each at its means. A million customers become
 * some ten thousand rows; effects move by a small part of their standard errors.
 */
export function coarsenGroups({ summary, group }: GroupedSummary, groups: number): GroupedSummary {
  const parts = rowsByGroup(group, groups).map((rows) => {
    const own = pickRows(summary, rows);
    const cells = Math.min(CELLS.recency * CELLS.age, Math.max(32, rows.length));
    const age = Math.max(4, Math.round(Math.sqrt(cells / 2)));
    return rows.length > 32
      ? coarsenSummary(own, { recency: Math.min(CELLS.recency, 2 * age), age: Math.min(CELLS.age, age) })
      : own;
  });
  const all = (pick: (part: Required<PurchaseSummary>) => Float64Array): Float64Array =>
    Float64Array.from(parts.flatMap((part) => Array.from(pick(part))));
  return {
    summary: {
      frequency: all((part) => part.frequency),
      recency: all((part) => part.recency),
      age: all((part) => part.age),
      weight: all((part) => part.weight),
    },
    group: Float64Array.from(parts.flatMap((part, grp) => Array.from(part.weight, () => grp))),
  };
}

/** The covariates of each row. */
const ofRows = ({ names, columns }: FeatureTable, group: Float64Array): FeatureTable => ({
  names,
  columns: columns.map((column) => group.map((grp) => column[grp]!)),
});

/** Fits a model by segment or with covariates; whatever comes of it, nothing is thrown. */
export function fitGroups(
  name: PurchaseModelName,
  given: GroupedSummary,
  groups: CustomerGroups,
  options: { ridge?: number | undefined; k?: number | undefined } = {},
): GroupFit {
  const onCells = given.group.length > FINE_FROM;
  const { summary, group } = onCells ? coarsenGroups(given, groups.customers.length) : given;
  return groups.kind === 'segments'
    ? { ...fitSegments(name, summary, { codes: group, levels: groups.segments }, options.k), onCells }
    : { ...fitCovariates(name, summary, { table: groups.table, group }, options.ridge), onCells };
}

/** A model by segment; a segment without customers in the fit takes the pooled parameters. */
function fitSegments(
  name: PurchaseModelName,
  summary: PurchaseSummary,
  segments: CodedLevels,
  k: number | undefined,
): Omit<GroupFit & { kind: 'segments' }, 'onCells'> {
  const known: FitOptions & { k?: number } = k === undefined ? {} : { k };
  const fit = fitBySegment(name, summary, segments, known);
  const modelOf = (parameters: object): FittedPurchaseModel =>
    customerModel({ name, parameters }) as FittedPurchaseModel;
  const places = new Map(fit.segments.map(({ segment }, place) => [segment, place]));
  const placeOf = segments.levels.map((segment) => places.get(segment));
  const own = (place: number | undefined): object =>
    place === undefined ? fit.pooled.parameters : fit.segments[place]!.parameters;
  return {
    kind: 'segments',
    fit,
    models: fit.pooled.converged ? placeOf.map((place) => modelOf(own(place))) : [],
    drawModels: (count, seed) =>
      drawSegments(fit, count, seed).map(({ pooled, segments: drawn }) => {
        const models = placeOf.map((place) => modelOf(place === undefined ? pooled : drawn[place]!));
        return (group) => models[group]!;
      }),
  };
}

/** A model with covariates, and the model of each group of equal ones. */
function fitCovariates(
  name: PurchaseModelName,
  summary: PurchaseSummary,
  { table, group }: { table: FeatureTable; group: Float64Array },
  ridge: number | undefined,
): Omit<GroupFit & { kind: 'covariates' }, 'onCells'> {
  const fitHolding = (held: readonly string[]): CovariateFit =>
    fitWithCovariates(name as CovariateModelName, summary, ofRows(table, group), { ridge: ridge ?? 0, held });
  const asked = fitHolding([]);
  const isHeld = ridge === undefined && asked.reason === 'effect-without-bound';
  const fit = isHeld ? fitHolding(asked.diverging) : asked;
  const modelOf = (model: CovariateModel, grp: number): FittedPurchaseModel =>
    modelOfCustomer(
      model,
      table.columns.map((column) => column[grp]!),
    ) as FittedPurchaseModel;
  const groups = table.columns[0]?.length ?? 0;
  return {
    kind: 'covariates',
    fit,
    held: isHeld ? asked.diverging : [],
    models: fit.converged ? Array.from({ length: groups }, (_, grp) => modelOf(fit, grp)) : [],
    drawModels: (count, seed) =>
      drawCovariateModels(fit, count, seed).map((model) => (grp) => modelOf(model, grp)),
  };
}
