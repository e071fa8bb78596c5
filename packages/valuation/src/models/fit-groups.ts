import { covariateModels } from '@kezi/contract';
import {
  coarsenSummary,
  customerModel,
  fitBySegment,
  fitWithCovariates,
  modelOfCustomer,
  type CovariateFit,
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
  | { kind: 'covariates'; fit: CovariateFit }
) & {
  /** By number of the group; empty where the fit cannot be trusted. */
  models: FittedPurchaseModel[];
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
 * Few rows for many: the customers of each group in cells of recency and age, each at its means. A million customers become some ten
 * thousand rows; effects move by a small part of their standard errors.
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
  if (groups.kind === 'segments') {
    const known: FitOptions & { k?: number } = options.k === undefined ? {} : { k: options.k };
    const fit = fitBySegment(name, summary, { codes: group, levels: groups.segments }, known);
    const own = new Map(fit.segments.map(({ segment, parameters }) => [segment, parameters]));
    const models = groups.segments.map(
      (segment) =>
        customerModel({ name, parameters: own.get(segment) ?? fit.pooled.parameters }) as FittedPurchaseModel,
    );
    return { kind: 'segments', fit, models: fit.pooled.converged ? models : [], onCells };
  }
  const ridge = options.ridge === undefined ? {} : { ridge: options.ridge };
  const fit = fitWithCovariates(name as CovariateModelName, summary, ofRows(groups.table, group), ridge);
  const models = Array.from(groups.customers, (_, grp) => {
    const own = groups.table.columns.map((column) => column[grp]!);
    return modelOfCustomer(fit, own) as FittedPurchaseModel;
  });
  return { kind: 'covariates', fit, models: fit.converged ? models : [], onCells };
}
