import {
  backtestReport,
  fitPurchaseModel,
  naiveOrders,
  scorePurchases,
  type BacktestReport,
  type PurchaseFit,
} from '@kezi/stats';
import type { Engine } from '../engine/engine.js';
import { readHeldTriples } from '../features/triple.js';
import { purchaseSummary, type WantedModel } from './fit-models.js';
import { daysPerUnit, type TimeUnit } from './time-unit.js';

export interface Backtest extends BacktestReport {
  /** Days since 1970-01-01. The hold-out runs from the day after the first to the second. */
  calibrationEndDay: number;
  holdoutEndDay: number;
  /** Fit on the calibration part; null when nothing could be fitted there, and the naive rule stood on both sides. */
  fit: PurchaseFit | null;
  /** Naive rule by the same tenths of customers as `calibration`. */
  modelName: string;
}

/**
 * Fits on the orders up to the end of calibration and compares what it expects for the hold-out with what came, beside
 * the naive rule (everybody goes on at his own past rate).
 */
export async function backtest(
  engine: Engine,
  options: { calibrationEndDay: number; asOfDay: number; unit: TimeUnit; model: WantedModel },
): Promise<Backtest | null> {
  const { calibrationEndDay, asOfDay, unit } = options;
  const held = await readHeldTriples(engine, calibrationEndDay);
  if (held.frequency.length === 0) return null;
  const summary = purchaseSummary(held, unit);
  const choice = fitPurchaseModel(summary, { model: options.model });
  const horizon = (asOfDay - calibrationEndDay) / daysPerUnit[unit];
  const naive = held.frequency.map((x, i) => naiveOrders(x, summary.age[i]!, horizon));
  const predicted = choice.model ? scorePurchases(choice.model, summary, { horizon }).expectedOrders : naive;
  const report = backtestReport({ actual: held.heldOrders, predicted, naive, weight: held.weight });
  return {
    ...report,
    calibrationEndDay,
    holdoutEndDay: asOfDay,
    fit: choice.model ? choice.fit : null,
    modelName: choice.model?.name ?? 'naive',
  };
}
