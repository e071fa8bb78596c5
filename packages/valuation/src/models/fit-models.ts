import {
  fitGammaGamma,
  fitPurchaseModel,
  type PurchaseModelChoice,
  type PurchaseSummary,
  type SpendFit,
  type SpendModel,
} from '@kezi/stats';
import type { SpendTable } from '../features/spend.js';
import type { Triples } from '../features/triple.js';
import { daysPerUnit, type TimeUnit } from './time-unit.js';

export type WantedModel = 'auto' | 'bg-nbd' | 'mbg-nbd';

/** Triples as the models take them: recency and age in the time unit, not rounded. */
export function purchaseSummary(
  triples: Pick<Triples, 'frequency' | 'recencyDays' | 'ageDays' | 'weight'>,
  unit: TimeUnit,
): PurchaseSummary {
  const days = daysPerUnit[unit];
  return {
    frequency: triples.frequency,
    recency: triples.recencyDays.map((value) => value / days),
    age: triples.ageDays.map((value) => value / days),
    weight: triples.weight,
  };
}

export interface FittedModels {
  purchase: PurchaseModelChoice;
  spend: SpendFit;
  /** The spend model to use; null where it did not come to rest, and a customer's own mean takes its place. */
  spendModel: SpendModel | null;
}

/** Fits how often customers order and how much; both outcomes are typed, nothing is thrown for odd data. */
export function fitModels(summary: PurchaseSummary, spend: SpendTable, wanted: WantedModel): FittedModels {
  const purchase = fitPurchaseModel(summary, { model: wanted });
  const spendFit = fitGammaGamma(spend);
  const spendModel: SpendModel | null = spendFit.converged
    ? { name: 'gamma-gamma', parameters: spendFit.parameters }
    : null;
  return { purchase, spend: spendFit, spendModel };
}
