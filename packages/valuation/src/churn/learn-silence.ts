import { customerFuture, fitBgNbd, type CustomerFuture, type HistogramEngine } from '@kezi/stats';
import type { Engine } from '../engine/engine.js';
import { isoDateOf } from '../features/day-number.js';
import type { Lake } from '../lake/lake-manifest.js';
import type { ClassifierName } from './churn-classifier.js';
import { churnModel, type ChurnModel } from './churn-model.js';
import { learnChurn, type OtherRule } from './learn-churn.js';
import { reportLearning, type LearningReport } from './report-churn.js';
import { buildCut, readCut, silencePlans, type CutRows } from './silence-features.js';
import type { SilenceWindow } from './silence-window.js';

export interface SilenceReport extends LearningReport {
  kind: 'silence';
  silence: SilenceWindow;
  /** ISO dates. Orders up to a cut are known; the window after it says who fell silent. */
  cuts: { training: string; calibration: string; test: string; asOf: string };
  customers: { training: number; calibration: number; test: number; asOf: number };
  /** Thousandths of the customers that learn and test; all are scored. */
  samplePerMille: number;
}

interface SilenceLearning {
  model: ChurnModel;
  report: SilenceReport;
}

/** Customers that teach and test: more move no figure and cost a minute. */
const MOST_CUSTOMERS = 100_000;
const LONG_SILENCE_DAYS = 90;

/** P(alive) of a BG/NBD fitted at the training cut, and its probability of no order in the window; none where there is no such fit. */
function purchaseRules(
  training: CutRows,
  calibrating: CutRows,
  heldOut: CutRows,
  weeks: number,
): OtherRule[] {
  const { frequency, recency, age } = training;
  const fit = fitBgNbd({ frequency, recency, age });
  if (!fit.converged) return [];
  const model = { name: 'bg-nbd' as const, parameters: fit.parameters };
  const rule = (name: string, scoreOf: (future: CustomerFuture) => number): OtherRule => {
    const scores = (rows: CutRows): Float64Array =>
      rows.frequency.map((x, i) => scoreOf(customerFuture(model, x, rows.recency[i]!, rows.age[i]!)));
    return { name, isNaive: false, calibratingScore: scores(calibrating), heldOutScore: scores(heldOut) };
  };
  return [
    rule('bg-nbd-p-alive', (future) => 1 - future.pAlive),
    rule('bg-nbd-no-order', (future) => future.orderProbability(0, weeks)),
  ];
}

/** What a person would do without a model: look at how long ago the last order was. */
function naiveRules(calibrating: CutRows, heldOut: CutRows): OtherRule[] {
  const rule = (name: string, scoreOf: (recencyDays: number) => number): OtherRule => ({
    name,
    isNaive: true,
    calibratingScore: calibrating.columns[0]!.map(scoreOf),
    heldOutScore: heldOut.columns[0]!.map(scoreOf),
  });
  return [
    rule('recency', (days) => days),
    rule(`no-order-for-${LONG_SILENCE_DAYS}-days`, (days) => Number(days > LONG_SILENCE_DAYS)),
  ];
}

/**
 * Learns from orders who falls silent. The model is fitted at a cut three windows before the as-of day, on whether an order came
 * in the window after it, calibrated and chosen a window later, and judged yet a window later, on the last one: nothing is
 * judged by what came before it was learnt.
 * The table `churn_now` must hold the customers as of today.
 */
export async function learnSilence(
  engine: Engine,
  lake: Lake,
  options: {
    asOfDay: number;
    silence: SilenceWindow;
    customers: number;
    model: ClassifierName | 'auto';
    seed: number;
    histograms: HistogramEngine;
  },
): Promise<SilenceLearning> {
  const { asOfDay, silence, customers } = options;
  const window = silence.days;
  const perMille = Math.min(1000, Math.ceil((1000 * MOST_CUSTOMERS) / Math.max(1, customers)));
  const cutAt = async (day: number): Promise<CutRows> => {
    await buildCut(engine, lake, 'churn_cut', { day, window, perMille });
    return readCut(engine, 'churn_cut');
  };
  const days = [3, 2, 1].map((windows) => asOfDay - windows * window);
  const training = await cutAt(days[0]!);
  const calibrating = await cutAt(days[1]!);
  const heldOut = await cutAt(days[2]!);
  const plans = [...silencePlans];
  const learning = learnChurn(plans, training, heldOut, {
    model: options.model,
    seed: options.seed,
    engine: options.histograms,
    calibrating,
    others: [
      ...naiveRules(calibrating, heldOut),
      ...purchaseRules(training, calibrating, heldOut, window / 7),
    ],
  });
  const model = churnModel(learning, plans, { kind: 'silence', silenceDays: window, label: null });
  return {
    model,
    report: {
      kind: 'silence',
      silence,
      cuts: {
        training: isoDateOf(days[0]!),
        calibration: isoDateOf(days[1]!),
        test: isoDateOf(days[2]!),
        asOf: isoDateOf(asOfDay),
      },
      customers: {
        training: training.label.length,
        calibration: calibrating.label.length,
        test: heldOut.label.length,
        asOf: customers,
      },
      samplePerMille: perMille,
      ...reportLearning(learning, model, heldOut),
    },
  };
}
