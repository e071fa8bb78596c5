import {
  covariateModels,
  type ValuationCard,
  type ValuationOptions,
  type ValuationRun,
  type ValuationStage,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { ValuationReport } from '@kezi/valuation';
import { maySum } from '../../../platform/http/few-customers.js';

export const stageNames = ['extract', 'features', 'fit', 'score', 'publish'] as const;
export type StageName = (typeof stageNames)[number];

/** The stages of a run that has not begun. */
export function waitingStages(): ValuationStage[] {
  return stageNames.map((name) => ({ name, status: 'waiting', seconds: null }));
}

/** The stages when `name` begins: what came before is done, with the seconds it took. */
export function stagesAt(name: StageName, seconds: Partial<Record<StageName, number>>): ValuationStage[] {
  const at = stageNames.indexOf(name);
  return stageNames.map((each, index) => ({
    name: each,
    status: index < at ? 'done' : index === at ? 'running' : 'waiting',
    seconds: seconds[each] ?? null,
  }));
}

/** All stages done. */
export function finishedStages(seconds: Partial<Record<StageName, number>>): ValuationStage[] {
  return stageNames.map((name) => ({ name, status: 'done', seconds: seconds[name] ?? null }));
}

/**
 * Refuses options that do not go together before a run waits for its turn.
 * @throws CodedError valuation.by_and_covariates, valuation.model_takes_no_attributes
 */
export function checkOptions({ by, covariates = [], model }: ValuationOptions): void {
  if (by !== undefined && covariates.length > 0) throw new CodedError('valuation.by_and_covariates');
  const takesThem = (covariateModels as readonly string[]).includes(model);
  const isRefused =
    covariates.length > 0 ? model !== 'auto' && !takesThem : by !== undefined && model === 'naive';
  if (isRefused) throw new CodedError('valuation.model_takes_no_attributes', { model });
}

/** Groups of a picture in which single customers would be seen are left out. */
const withoutFew = <Group extends { customers: number }>(groups: readonly Group[], scope: string): Group[] =>
  groups.filter(({ customers }) => customers === 0 || maySum(scope, customers));

/** What a narrow reader may know of how a model was tried: no group of fewer than five customers. */
function triedFor({ backtest, candidates, plots }: ValuationCard, scope: string): Partial<ValuationCard> {
  const kept = <Tried extends { calibration: { customers: number }[] }>(tried: Tried): Tried => ({
    ...tried,
    calibration: withoutFew(tried.calibration, scope),
  });
  return {
    backtest: backtest && maySum(scope, backtest.customers) ? kept(backtest) : null,
    ...(candidates
      ? { candidates: candidates.map((one) => ({ ...one, holdout: one.holdout && kept(one.holdout) })) }
      : {}),
    ...(plots ? { plots: { ...plots, alive: withoutFew(plots.alive, scope) } } : {}),
  };
}

function cardFor(card: ValuationCard, scope: string): ValuationCard | null {
  if (!maySum(scope, card.customers)) return null;
  // What became of all receivables is not for who sees a part of them.
  const { ownCreditLoss: _, ...seen } = card;
  const { attributes, costs } = seen;
  const hidden = { grossClv: null, costToServe: null, creditLossAmount: null };
  const segments = withoutFew(attributes?.segments ?? [], scope).map((segment) => ({
    ...segment,
    clv: null,
    expectedOrders: null,
  }));
  return {
    ...seen,
    ...triedFor(card, scope),
    // Of how many customers they are is not kept.
    returns: { ...card.returns, amount: null },
    ...(card.returnsOnly ? { returnsOnly: { ...card.returnsOnly, amount: null } } : {}),
    ...(costs ? { costs: { ...costs, ...hidden } } : {}),
    ...(attributes ? { attributes: { ...attributes, segments } } : {}),
  };
}

/** Totals over all customers, and over all of a segment, are for those who may see all customers. */
export function forReader<Run extends Pick<ValuationRun, 'totals'> & { card?: ValuationRun['card'] }>(
  run: Run,
  scope: string,
): Run {
  if (scope === 'all') return run;
  return { ...run, totals: null, ...(run.card ? { card: cardFor(run.card, scope) } : {}) };
}

/** What valuation says, with what the server knows beside it. */
export type PublishedReport = ValuationReport & Pick<ValuationCard, 'ownCreditLoss'>;

function returnsOnlyOf({ returnsOnly: { customers, amount } }: ValuationReport) {
  return customers === 0 ? {} : { returnsOnly: { customers, amount } };
}

/** What is kept with a run for its readers; nothing in it names a customer. */
export function cardOf(report: PublishedReport): ValuationCard {
  const { model, spendModel, totals, ownCreditLoss } = report;
  return {
    orders: report.orders,
    customers: report.customers,
    triples: report.triples,
    valueBasis: report.valueBasis,
    firstOrderOn: report.firstOrderOn,
    lastOrderOn: report.lastOrderOn,
    returns: report.returns,
    ...returnsOnlyOf(report),
    timeUnit: report.timeUnit,
    horizon: report.horizon,
    discountRate: report.discountRate,
    ...(report.isForever ? { isForever: true } : {}),
    ...costsOf(report),
    ...(ownCreditLoss ? { ownCreditLoss } : {}),
    model: fittedOf(model),
    spendModel: fittedOf(spendModel),
    naiveReason: report.naiveReason,
    parameterVariance: totals.parameterVariance,
    backtest: report.backtest
      ? {
          calibrationEnd: report.backtest.calibrationEnd,
          holdoutEnd: report.backtest.holdoutEnd,
          customers: report.backtest.customers,
          actualOrders: report.backtest.actualOrders,
          modelName: report.backtest.modelName,
          model: report.backtest.model,
          naive: report.backtest.naive,
          calibration: report.backtest.calibration,
        }
      : null,
    candidates: report.candidates,
    choice: report.choice,
    plots: report.plots,
    history: report.history,
    attributes: report.attributes,
    spendRegression: report.spendRegression,
    doubts: report.doubts,
  };
}

/** What was deducted; nothing of it stands on the card of a run that deducts nothing. */
function costsOf({ costs, totals: { deducted } }: ValuationReport): Pick<ValuationCard, 'costs'> {
  if (costs === null || deducted === null) return {};
  const { grossClv, costToServe, creditLoss, served } = deducted;
  return { costs: { ...costs, served, grossClv, costToServe, creditLossAmount: creditLoss } };
}

function fittedOf(fit: ValuationReport['model'] | ValuationReport['spendModel']): ValuationCard['model'] {
  const { name, parameters, standardErrors, intervals, logLikelihood, converged, reason, warnings } = fit;
  const ends = intervals ? { intervals } : {};
  return { name, parameters, standardErrors, ...ends, logLikelihood, converged, reason, warnings };
}
