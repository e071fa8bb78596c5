import type { ValuationPlots } from '@kezi/contract';
import type { PurchaseSummary } from '@kezi/stats';
import type { CustomerGroups } from '../attributes/group-customers.js';
import type { Engine } from '../engine/engine.js';
import type { FeatureCut } from '../features/customer-feature.js';
import type { OrderDays } from '../features/order-days.js';
import { readSpend } from '../features/spend.js';
import { backtest, type Backtest } from './backtest.js';
import { drawPlots } from './draw-plots.js';
import { fitModels, type FittedModels } from './fit-models.js';
import type { WantedModel } from './fit-purchase.js';
import type { WantedSpend } from './fit-spend.js';
import { lookBack, type LookBack } from './look-back.js';
import type { TimeUnit } from './time-unit.js';

/** What the models are fitted on. */
interface History {
  summary: PurchaseSummary;
  groups: CustomerGroups | null;
  /** Number of the group, a row of the summary each. */
  group: Float64Array | null;
  orderDays: OrderDays;
  days: FeatureCut;
  asOfDay: number;
  customers: number;
}

interface HistorySettings {
  unit: TimeUnit;
  horizon: number;
  model: WantedModel;
  spend: WantedSpend;
  ridge: number | undefined;
}

/** Everything that was learnt: the back-test, the models in use, their pictures, and what is odd about the history. */
interface FittedHistory {
  tested: Backtest | null;
  fitted: FittedModels;
  plots: ValuationPlots | null;
  look: LookBack;
}

/** The back-test, where an end of calibration was named. */
async function testedOn(
  engine: Engine,
  history: History,
  settings: HistorySettings,
): Promise<Backtest | null> {
  const { days, asOfDay, customers, orderDays, groups } = history;
  const { unit, model, ridge } = settings;
  if (days.calibrationEnd === null) return null;
  return backtest(engine, {
    asOfDay,
    unit,
    model,
    customers,
    orderDays,
    groups,
    ridge,
    calibrationEndDay: days.calibrationEnd,
    periodStartDay: days.periodStart ?? days.calibrationEnd,
  });
}

/** Back-tests, fits on everything, and looks back on the history with what was fitted. */
export async function fitHistory(
  engine: Engine,
  history: History,
  settings: HistorySettings,
): Promise<FittedHistory> {
  const { summary, groups, group, orderDays, asOfDay } = history;
  const { unit, horizon, model, spend, ridge } = settings;
  const tested = await testedOn(engine, history, settings);
  const fitted = fitModels(
    summary,
    await readSpend(engine, groups !== null),
    { model, spend },
    { groups, group, ridge },
    tested,
  );
  return {
    tested,
    fitted,
    plots: drawPlots(tested, orderDays, unit),
    look: lookBack(fitted, tested, orderDays, { asOfDay, unit, horizon }),
  };
}
