import type { BenchCurve } from '@kezi/contract';
import {
  customerFuture,
  customerModel,
  gammaQuantile,
  lnGamma,
  modelOfCustomer,
  retentionCurve,
  type ContractModel,
  type CovariateModel,
  type CoxModel,
  type CustomerModel,
  type SurvivalCurve,
} from '@kezi/stats';
import { horizonOf, type EvalOptions, type GivenModel } from './asked-model.js';
import { askedModel } from './asked-models.js';

/** Points of a curve that is smooth, and the most of one that comes down in steps. */
const SMOOTH = 48;
const MOST_STEPS = 400;
/** Segments whose curves can still be told apart. */
const MOST_SEGMENTS = 6;
/** Numbers of orders whose chances are drawn: until so little is left, and no more than so many. */
const LEFT = 0.002;
const MOST_ORDERS = 25;

/** Curves of a new customer, of whom nothing is known yet. */
function ordersOf(model: CustomerModel, of: string | null, horizon: number): BenchCurve[] {
  const isCounted = model.name === 'bg-bb';
  const last = isCounted ? Math.max(1, Math.round(horizon)) : horizon;
  const points = isCounted ? Math.min(last, 400) : SMOOTH;
  const time = Array.from({ length: points + 1 }, (_, i) =>
    isCounted ? Math.round((last * i) / points) : (last * i) / points,
  );
  const future = customerFuture(model, 0, 0, 0);
  const chances: number[] = [];
  let left = 1;
  while (chances.length <= MOST_ORDERS && (left > LEFT || chances.length < 4)) {
    if (isCounted && chances.length > last) break;
    const chance = future.orderProbability(chances.length, last);
    chances.push(chance);
    left -= chance;
  }
  return [
    { name: 'expected-orders', of, x: time, y: time.map((t) => (t === 0 ? 0 : future.expectedOrders(t))) },
    { name: 'order-chances', of, x: chances.map((_, n) => n), y: chances },
  ];
}

interface GivenSegments {
  name: string;
  pooled: { parameters: object };
  segments: { segment: string; customers?: number; parameters: object }[];
}

function purchaseCurves(given: GivenModel, horizon: number): BenchCurve[] {
  const name = String(given['name']);
  if ('segments' in given) {
    const { pooled, segments } = given as unknown as GivenSegments;
    const largest = segments
      .toSorted((a, b) => (b.customers ?? 0) - (a.customers ?? 0))
      .slice(0, MOST_SEGMENTS);
    return [
      ...ordersOf(customerModel({ name, parameters: pooled.parameters }), null, horizon),
      ...largest.flatMap(({ segment, parameters }) =>
        ordersOf(customerModel({ name, parameters }), segment, horizon),
      ),
    ];
  }
  if ('covariates' in given) {
    const model = given as unknown as CovariateModel;
    return ordersOf(modelOfCustomer(model, model.covariates.centres), null, horizon);
  }
  return ordersOf(customerModel({ name, parameters: { ...(given['parameters'] as object) } }), null, horizon);
}

function contractCurves(given: GivenModel, horizon: number): BenchCurve[] {
  const model = { name: given['name'], parameters: given['parameters'] } as ContractModel;
  const { period, survival, retention } = retentionCurve(
    model,
    Math.min(400, Math.max(1, Math.round(horizon))),
  );
  const x = Array.from(period);
  return [
    { name: 'survival', of: null, x, y: Array.from(survival) },
    { name: 'retention', of: null, x: x.slice(1), y: Array.from(retention).slice(1) },
  ];
}

/** Few enough places of many, the first and the last among them. */
function thinned(size: number): number[] {
  const most = Math.min(size, MOST_STEPS);
  return Array.from({ length: most }, (_, i) => Math.round((i * (size - 1)) / Math.max(1, most - 1)));
}

function survivalCurve(given: GivenModel): BenchCurve[] {
  const curve = given as unknown as SurvivalCurve;
  const places = thinned(curve.time.length);
  const from = (start: number, values: readonly number[]): number[] => [
    start,
    ...places.map((place) => values[place]!),
  ];
  return [
    {
      name: 'survival',
      of: null,
      isStepped: true,
      x: from(0, curve.time),
      y: from(1, curve.survival),
      lower: from(1, curve.lower),
      upper: from(1, curve.upper),
    },
  ];
}

/** Of the customer who is average in every column. */
function baselineCurve(given: GivenModel): BenchCurve[] {
  const { baseline } = given as unknown as CoxModel;
  const places = thinned(baseline.time.length);
  return [
    {
      name: 'survival',
      of: null,
      isStepped: true,
      x: [0, ...places.map((place) => baseline.time[place]!)],
      y: [1, ...places.map((place) => Math.exp(-baseline.hazard[place]!))],
    },
  ];
}

/**
 * Density of customers' mean spend an order: p v times an inverse gamma variable of shape q (Fader & Hardie 2013), drawn up to its
 * 95 % point.
 */
function spendCurve(given: GivenModel): BenchCurve[] {
  const { p, q, v } = given['parameters'] as { p: number; q: number; v: number };
  const scale = p * v;
  const most = scale / gammaQuantile(q, 0.05);
  const x = Array.from({ length: SMOOTH }, (_, i) => (most * (i + 1)) / SMOOTH);
  const y = x.map((z) => Math.exp(q * Math.log(scale) - lnGamma(q) - (q + 1) * Math.log(z) - scale / z));
  return [{ name: 'mean-spend', of: null, x, y }];
}

/** The curves of a model that has been found to be one. */
const drawn: Readonly<Record<string, (given: GivenModel, options: EvalOptions) => BenchCurve[]>> = {
  'gamma-gamma': spendCurve,
  sbg: (given, options) => contractCurves(given, horizonOf(options)),
  bdw: (given, options) => contractCurves(given, horizonOf(options)),
  'kaplan-meier': survivalCurve,
  cox: (given) => baselineCurve((given['model'] as GivenModel | undefined) ?? given),
  hazard: () => [],
  logistic: () => [],
  gbdt: () => [],
  'k-means': () => [],
};

/**
 * The curves that belong to a model: retention and survival, orders expected of a new customer and the chances of 0, 1, 2 ... of them,
 * customers' mean spend. None for a model that has only answers for rows. RangeError or TypeError for what is no model; CodedError
 * models.flag_missing where a horizon is needed.
 */
export function drawCurves(given: GivenModel, horizon: number | null): BenchCurve[] {
  // A curve and a cluster need no horizon to be known for what they are.
  const options = { horizon, discountRate: null, pmf: null };
  askedModel(given, { ...options, horizon: horizon ?? 1 });
  const draw = drawn[String(given['name'])];
  return draw ? draw(given, options) : purchaseCurves(given, horizonOf(options));
}
