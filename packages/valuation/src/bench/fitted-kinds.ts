import type { BenchModel } from '@kezi/contract';
import { fitBdw, fitSbg } from '@kezi/stats';
import { hazard } from './fit-hazard-table.js';
import { clustersKind, logisticKind, treesKind } from './fit-learner-table.js';
import { purchaseKind } from './fit-purchase-table.js';
import { gammaGamma } from './fit-spend-table.js';
import { contractKind, coxKind, kaplanMeierKind } from './fit-survival-table.js';
import type { FittedKind } from './fitted-kind.js';

/** All models by name: the one place where a name, on the command line or in a request, becomes a fit. */
export const fittedKinds: Readonly<Record<BenchModel, FittedKind>> = {
  'bg-nbd': purchaseKind('bg-nbd'),
  'mbg-nbd': purchaseKind('mbg-nbd'),
  'pareto-nbd': purchaseKind('pareto-nbd'),
  'bg-cnbd-k': purchaseKind('bg-cnbd-k'),
  'mbg-cnbd-k': purchaseKind('mbg-cnbd-k'),
  nbd: purchaseKind('nbd'),
  'bg-bb': purchaseKind('bg-bb'),
  'gamma-gamma': gammaGamma,
  sbg: contractKind(fitSbg),
  bdw: contractKind(fitBdw),
  hazard,
  'kaplan-meier': kaplanMeierKind,
  cox: coxKind,
  logistic: logisticKind,
  gbdt: treesKind,
  kmeans: clustersKind,
};
