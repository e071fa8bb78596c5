import type { ValuationHistory } from '@kezi/contract';
import { isoDateOf } from '../features/day-number.js';
import type { OrderDays } from '../features/order-days.js';
import { analyseHistory } from './analyse-history.js';
import type { Backtest } from './backtest.js';
import { correctionFactors, noCorrections, productOf } from './choose-correction.js';
import type { FittedModels } from './fit-models.js';
import { findTruncation } from './find-truncation.js';
import { daysPerUnit, type TimeUnit } from './time-unit.js';

export interface LookBack {
  history: ValuationHistory;
  /** What expected orders of the horizon are multiplied by; 1 where no correction won the back-test. */
  correction: number;
}

/**
 * Looks for seasons, drift and a crowded beginning in the whole history, against the model that was fitted on all of it, and works out the corrections that won
 * the back-test for the horizon ahead. Under the naive rule nothing is corrected.
 */
export function lookBack(
  fitted: FittedModels,
  tested: Backtest | null,
  orderDays: OrderDays,
  settings: { asOfDay: number; unit: TimeUnit; horizon: number },
): LookBack {
  const { asOfDay, unit, horizon } = settings;
  const { found, excessCustomers, untilDay } = findTruncation(orderDays);
  const truncation = { found, excessCustomers, untilOn: untilDay === null ? null : isoDateOf(untilDay) };
  const { model } = fitted.purchase;
  if (model === null) {
    const season = { found: null, strength: null, factors: [], correction: null };
    const drift = { found: false, yearly: null, recentLevel: null, correction: null };
    return { history: { season, week: season, drift, truncation }, correction: 1 };
  }
  const span = { daysPerUnit: daysPerUnit[unit], lastDay: asOfDay, held: null };
  const swings = analyseHistory(model, orderDays, span);
  const isCorrected = fitted.rule.model !== null && tested !== null && tested.modelName === fitted.rule.name;
  const factors = correctionFactors(swings, isCorrected ? tested.corrections : noCorrections, {
    first: orderDays.firstDay - 1,
    from: asOfDay,
    to: asOfDay + horizon * daysPerUnit[unit],
  });
  return {
    history: {
      season: { ...swings.season, correction: factors.season },
      week: { ...swings.week, correction: factors.week },
      drift: { ...swings.drift, correction: factors.drift },
      truncation,
    },
    correction: productOf(factors),
  };
}
