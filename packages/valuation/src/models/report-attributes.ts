import type { ValuationAttributes } from '@kezi/contract';
import type { CovariateFit, SegmentedFit } from '@kezi/stats';
import type { CustomerGroups } from '../attributes/group-customers.js';
import type { TwoValues } from '../attributes/read-attributes.js';
import type { Triples } from '../features/triple.js';
import type { TripleScores } from '../scores/score-tabled.js';
import type { Backtest } from './backtest.js';
import type { FittedModels } from './fit-models.js';

/** What became of the attributes that were asked for. */
interface AttributeParts {
  groups: CustomerGroups;
  names: readonly string[];
  twoValues: readonly TwoValues[];
  fitted: FittedModels;
  tested: Backtest | null;
  triples: Triples;
  scores: TripleScores;
  /** What the customers of each triple are worth together. */
  values: Float64Array;
}

/** Customers, orders and value to come by number of the group. */
function sumsByGroup({ groups, triples, scores, values }: AttributeParts) {
  const size = groups.customers.length;
  const sums = { clv: new Float64Array(size), expectedOrders: new Float64Array(size) };
  triples.group?.forEach((grp, i) => {
    sums.expectedOrders[grp]! += scores.expectedOrders[i]! * triples.weight[i]!;
    sums.clv[grp]! += values[i]!;
  });
  return sums;
}

function segmentsOf(parts: AttributeParts, fit: SegmentedFit): ValuationAttributes['segments'] {
  const { groups } = parts;
  if (groups.kind !== 'segments') return [];
  const sums = sumsByGroup(parts);
  const place = new Map(groups.segments.map((segment, grp) => [segment, grp]));
  return fit.segments.map(
    ({ segment, customers, repeaters, parameters, standardErrors, weight, reason }) => ({
      segment,
      customers,
      repeaters,
      parameters,
      standardErrors,
      weight,
      reason,
      clv: sums.clv[place.get(segment)!]!,
      expectedOrders: sums.expectedOrders[place.get(segment)!]!,
    }),
  );
}

const effectsOf = (fit: CovariateFit): ValuationAttributes['effects'] =>
  fit.effects.map(({ on, coefficients }) => ({
    on,
    coefficients: coefficients.map(({ name, estimate, standardError, lower, upper, pValue }) => ({
      name,
      estimate,
      standardError,
      lower,
      upper,
      pValue,
    })),
  }));

function holdoutOf(tested: Backtest | null): ValuationAttributes['holdout'] {
  const groups = tested?.compared.groups;
  if (!groups?.judged || groups.gain === null || groups.standardError === null) return null;
  const { logScore, errors } = groups.judged;
  return {
    gain: groups.gain,
    standardError: groups.standardError,
    logScore,
    totalError: errors.totalError,
    meanAbsoluteError: errors.meanAbsoluteError,
  };
}

/** What the attributes say, for a run's card: effects with intervals and the test, or segments with their shrinkage. */
export function reportAttributes(parts: AttributeParts): ValuationAttributes {
  const { groups, names, twoValues, fitted, tested } = parts;
  const { groupFit, groupReason } = fitted;
  const common = {
    kind: groups.kind,
    names: [...names],
    inUse: groupFit !== null && groupReason === null,
    reason: groupReason,
    groups: groups.customers.length,
    onCells: groupFit?.onCells ?? false,
    columns: groups.kind === 'covariates' ? groups.columns : [],
    // The example names a customer: it is told where the files are, not on a card.
    twoValues: twoValues.map(({ column, customers }) => ({ column, customers })),
    holdout: holdoutOf(tested),
  };
  const none = {
    effects: [],
    model: null,
    leftOut: [],
    likelihoodRatio: null,
    ridge: null,
    held: [],
    spread: null,
    segments: [],
  };
  if (groupFit === null) return { ...common, ...none, logLikelihood: null, plainLogLikelihood: null };
  if (groupFit.kind === 'segments') {
    const { fit } = groupFit;
    return {
      ...common,
      ...none,
      logLikelihood: fit.logLikelihood,
      plainLogLikelihood: fit.pooled.logLikelihood,
      spread: fit.spread,
      segments: segmentsOf(parts, fit),
    };
  }
  const { fit } = groupFit;
  return {
    ...common,
    ...none,
    logLikelihood: fit.logLikelihood,
    plainLogLikelihood: fit.plain.logLikelihood,
    likelihoodRatio: fit.likelihoodRatio,
    ridge: fit.ridge,
    held: groupFit.held,
    effects: effectsOf(fit),
    model: { name: fit.name, parameters: fit.parameters, covariates: fit.covariates },
    leftOut: fit.leftOut,
  };
}
