import { randomFrom } from '../distributions/random.js';
import type { Fit, FitOptions } from '../optimise/fit-by-likelihood.js';
import { bgBbFuture, bgBbWindowProbability, fitBgBb, logLikelihoodBgBb } from '../opportunity/bg-bb.js';
import type { BgBbParameters, OpportunitySummary } from '../opportunity/bg-bb-likelihood.js';
import { checkRegularParameters, fitBgCnbdK, fitMbgCnbdK } from './bg-cnbd-k.js';
import { logLikelihoodBgCnbdK, logLikelihoodMbgCnbdK } from './bg-cnbd-k.js';
import { betaGeometricFuture, betaGeometricWindowProbability } from './beta-geometric-future.js';
import { fitBgNbd, logLikelihoodBgNbd } from './bg-nbd.js';
import { checkPositive } from './check-arguments.js';
import type { CustomerFuture } from './customer-future.js';
import type { BetaGeometricParameters } from './fit-beta-geometric.js';
import { fitMbgNbd, logLikelihoodMbgNbd } from './mbg-nbd.js';
import { fitNbd, logLikelihoodNbd, type NbdParameters } from './nbd.js';
import {
  fitParetoNbd,
  logLikelihoodParetoNbd,
  paretoFuture,
  paretoWindowProbability,
  type ParetoNbdParameters,
} from './pareto-nbd.js';
import type { PurchaseModel } from './purchase-model.js';
import type { PurchaseSummary } from './purchase-summary.js';
import { regularFuture, regularWindowProbability, type RegularParameters } from './regular-process.js';

/** Every model of repeat orders with its parameters: plain data. */
export type CustomerModel =
  | PurchaseModel
  | { name: 'pareto-nbd'; parameters: ParetoNbdParameters }
  | { name: 'bg-cnbd-k' | 'mbg-cnbd-k'; parameters: RegularParameters }
  | { name: 'bg-bb'; parameters: BgBbParameters };

export type CustomerModelName = CustomerModel['name'];

/**
 * What a model can do, the same for all. Histories are (x, tx, T) columns of a PurchaseSummary; for a model of
 * opportunities `age` holds their number and recency that of the last one with an order.
 */
export interface CustomerModelKind<P extends object> {
  /** In the order in which fits and covariances list them. */
  parameterNames: readonly string[];
  /** 'time': any unit; 'opportunities': recency, age and horizons are whole numbers, and discounting is by opportunity. */
  clock: 'time' | 'opportunities';
  /** Parameters that are estimated, for information criteria. */
  estimated: number;
  fit(summary: PurchaseSummary, options?: FitOptions): Fit<P>;
  logLikelihood(parameters: P, summary: PurchaseSummary): number;
  /** RangeError, naming the parameter, unless all are in their domain. */
  check(parameters: P): void;
  /** The future of a customer; (0, 0, 0) is new. */
  future(parameters: P, x: number, tx: number, T: number): CustomerFuture;
  /** P(n orders in (from, from + horizon]) of a customer who was new at 0, of whom nothing else is known. */
  windowProbability(parameters: P, n: number, window: { from: number; horizon: number }): number;
}

const betaGeometric = (
  name: 'bg-nbd' | 'mbg-nbd',
): Omit<CustomerModelKind<BetaGeometricParameters>, 'fit' | 'logLikelihood'> => ({
  parameterNames: ['r', 'alpha', 'a', 'b'],
  clock: 'time',
  estimated: 4,
  check: (parameters) => checkPositive(parameters, ['r', 'alpha', 'a', 'b']),
  future: (parameters, x, tx, T) => betaGeometricFuture({ name, parameters }, x, tx, T),
  windowProbability: (parameters, n, { from, horizon }) =>
    betaGeometricWindowProbability({ name, parameters }, n, from, horizon),
});

/** shift 0: BG, 1: MBG. */
const regular = (shift: 0 | 1): Omit<CustomerModelKind<RegularParameters>, 'fit' | 'logLikelihood'> => ({
  parameterNames: ['k', 'r', 'alpha', 'a', 'b'],
  clock: 'time',
  estimated: 5,
  check: checkRegularParameters,
  future: (parameters, x, tx, T) => regularFuture(parameters, shift, x, tx, T),
  windowProbability: (parameters, n, window) => regularWindowProbability(parameters, shift, n, window),
});

const nbd: CustomerModelKind<NbdParameters> = {
  parameterNames: ['r', 'alpha'],
  clock: 'time',
  estimated: 2,
  fit: fitNbd,
  logLikelihood: logLikelihoodNbd,
  check: (parameters) => checkPositive(parameters, ['r', 'alpha']),
  future: (parameters, x, tx, T) => betaGeometricFuture({ name: 'nbd', parameters }, x, tx, T),
  windowProbability: (parameters, n, { from, horizon }) =>
    betaGeometricWindowProbability({ name: 'nbd', parameters }, n, from, horizon),
};

const paretoNbd: CustomerModelKind<ParetoNbdParameters> = {
  parameterNames: ['r', 'alpha', 's', 'beta'],
  clock: 'time',
  estimated: 4,
  fit: fitParetoNbd,
  logLikelihood: logLikelihoodParetoNbd,
  check: (parameters) => checkPositive(parameters, ['r', 'alpha', 's', 'beta']),
  future: paretoFuture,
  windowProbability: (parameters, n, { from, horizon }) =>
    paretoWindowProbability(parameters, n, from, horizon),
};

const atOpportunities = ({ frequency, recency, age, weight }: PurchaseSummary): OpportunitySummary => ({
  frequency,
  recency,
  opportunities: age,
  ...(weight ? { weight } : {}),
});

const bgBb: CustomerModelKind<BgBbParameters> = {
  parameterNames: ['alpha', 'beta', 'gamma', 'delta'],
  clock: 'opportunities',
  estimated: 4,
  fit: (summary, options) => fitBgBb(atOpportunities(summary), options),
  logLikelihood: (parameters, summary) => logLikelihoodBgBb(parameters, atOpportunities(summary)),
  check: (parameters) => checkPositive(parameters, ['alpha', 'beta', 'gamma', 'delta']),
  future: bgBbFuture,
  windowProbability: (parameters, n, { from, horizon }) =>
    bgBbWindowProbability(parameters, n, from, horizon),
};

/** All models of repeat orders by name: the one place where a name is turned into functions. */
export const customerModels: Readonly<Record<CustomerModelName, CustomerModelKind<object>>> = {
  'bg-nbd': { ...betaGeometric('bg-nbd'), fit: fitBgNbd, logLikelihood: logLikelihoodBgNbd },
  'mbg-nbd': { ...betaGeometric('mbg-nbd'), fit: fitMbgNbd, logLikelihood: logLikelihoodMbgNbd },
  'pareto-nbd': paretoNbd,
  'bg-cnbd-k': { ...regular(0), fit: fitBgCnbdK, logLikelihood: logLikelihoodBgCnbdK },
  'mbg-cnbd-k': { ...regular(1), fit: fitMbgCnbdK, logLikelihood: logLikelihoodMbgCnbdK },
  nbd,
  'bg-bb': bgBb,
};

/** The model of a fit, or one written by hand ({ name, parameters }). RangeError for an unknown name or a bad parameter. */
export function customerModel(given: { name: string; parameters: object }): CustomerModel {
  if (!Object.hasOwn(customerModels, given.name))
    throw new RangeError(
      `no model ${JSON.stringify(given.name)}; known: ${Object.keys(customerModels).join(', ')}`,
    );
  const name = given.name as CustomerModelName;
  const kind = customerModels[name];
  kind.check(given.parameters);
  const values = given.parameters as Record<string, number>;
  return {
    name,
    parameters: Object.fromEntries(kind.parameterNames.map((key) => [key, values[key]!])),
  } as unknown as CustomerModel;
}

/** The future of a customer with history (x, tx, T) under any model. RangeError for an impossible history. */
export function customerFuture(model: CustomerModel, x: number, tx: number, T: number): CustomerFuture {
  return customerModels[model.name].future(model.parameters, x, tx, T);
}

/** Draws from a customer's posterior as columns: see Traits for what rate and dropout are in each model. */
export interface PosteriorDraws {
  alive: Uint8Array;
  rate: Float64Array;
  dropout: Float64Array;
}

/**
 * `count` draws of a customer's (rate, dropout) from the posterior given his history and the parameters; the same seed gives the same
 * numbers. Those who have left are among them with what they were. 0.3-10 microseconds a draw.
 */
export function drawPosterior(future: CustomerFuture, count: number, seed: number): PosteriorDraws {
  const random = randomFrom(seed);
  const draws = {
    alive: new Uint8Array(count),
    rate: new Float64Array(count),
    dropout: new Float64Array(count),
  };
  for (let i = 0; i < count; i++) {
    const { alive, rate, dropout } = future.drawTraits(random);
    draws.alive[i] = alive ? 1 : 0;
    draws.rate[i] = rate;
    draws.dropout[i] = dropout;
  }
  return draws;
}
