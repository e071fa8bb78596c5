import {
  fitGammaGamma,
  fitSpendRegression,
  spendModelOfCustomer,
  type FeatureTable,
  type SpendFit,
  type SpendModel,
  type SpendRegressionFit,
} from '@kezi/stats';
import type { CustomerGroups } from '../attributes/group-customers.js';
import type { SpendTable } from '../features/spend.js';
import type { Triples } from '../features/triple.js';

/** 'auto': a regression where spend goes with how often customers order, or covariates were asked for, and it explains more. */
export type WantedSpend = 'auto' | 'gamma-gamma' | 'regression';

/** How much an order brings. */
export interface SpendChoice {
  spend: SpendFit;
  /** The model to use; null where it did not come to rest, and a customer's own mean takes its place. */
  spendModel: SpendModel | null;
  /** A regression that was tried; null where none was. */
  spendRegression: SpendRegressionFit | null;
  /** The regression gives the figures: v of the model is that of a customer at its centres. */
  isRegressed: boolean;
}

/** A gain in likelihood that chance gives to fewer than one in a hundred is worth a regression. */
const LARGEST_P = 0.01;

const covariatesOf = (groups: CustomerGroups | null): FeatureTable | null =>
  groups?.kind === 'covariates' ? groups.table : null;

/** The columns of each row; none where there are no covariates. */
function tableFor(groups: CustomerGroups | null, group: Float64Array | null): FeatureTable {
  const own = covariatesOf(groups);
  if (own === null || group === null) return { names: [], columns: [] };
  return { names: own.names, columns: own.columns.map((column) => group.map((grp) => column[grp]!)) };
}

/**
 * Fits spend an order: the Gamma-Gamma model, and where it does not hold because spend goes with frequency, or covariates were asked
 * for, a regression of its scale. Nothing is thrown for odd data.
 */
export function fitSpend(table: SpendTable, groups: CustomerGroups | null, wanted: WantedSpend): SpendChoice {
  const spend = fitGammaGamma(table);
  if (!spend.converged) return { spend, spendModel: null, spendRegression: null, isRegressed: false };
  const plain: SpendModel = { name: 'gamma-gamma', parameters: spend.parameters };
  const features = tableFor(groups, table.group);
  const isDependent = spend.warnings.includes('spend-correlates-with-frequency');
  const isTried =
    wanted === 'regression' || (wanted === 'auto' && (isDependent || features.names.length > 0));
  if (!isTried) return { spend, spendModel: plain, spendRegression: null, isRegressed: false };
  const byFrequency = isDependent || wanted === 'regression';
  const fit = fitSpendRegression(table, features, { byFrequency });
  const isBetter = (fit.likelihoodRatio?.pValue ?? 1) < LARGEST_P;
  const isRegressed = fit.converged && (isBetter || wanted === 'regression');
  return {
    spend,
    spendModel: isRegressed ? { name: 'gamma-gamma', parameters: fit.parameters } : plain,
    spendRegression: fit,
    isRegressed,
  };
}

/** What v is multiplied by for the customers of each triple; null where it is the same for all. */
export function spendScales(
  { spendRegression, isRegressed }: SpendChoice,
  { frequency, group }: Pick<Triples, 'frequency' | 'group'>,
  groups: CustomerGroups | null,
): Float64Array | null {
  if (!isRegressed || spendRegression === null) return null;
  const columns = covariatesOf(groups)?.columns ?? [];
  const { v } = spendRegression.parameters;
  const known = new Map<number, number>();
  return frequency.map((x, i) => {
    const grp = group?.[i] ?? 0;
    const key = grp * 1e6 + Math.min(x, 1e6 - 1);
    const found = known.get(key);
    if (found !== undefined) return found;
    const own = columns.map((column) => column[grp]!);
    const scale = spendModelOfCustomer(spendRegression, x, own).parameters.v / v;
    known.set(key, scale);
    return scale;
  });
}
