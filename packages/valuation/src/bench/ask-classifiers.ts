import type { CodedError } from '@kezi/contract/errors';
import {
  assignClusters,
  coxLogHazardRatios,
  predictBoostedTrees,
  predictCoxSurvival,
  predictLogistic,
  type BoostedTreesModel,
  type CoxModel,
  type FeatureTable,
  type KMeansModel,
  type LogisticModel,
} from '@kezi/stats';
import { askTogether, featureReader, numberList, textList } from './asked-features.js';
import {
  eachRow,
  horizonOf,
  lastedOf,
  type AskedModel,
  type AskedRow,
  type EvalOptions,
  type GivenModel,
} from './asked-model.js';

/** The model itself: a fit holds it beside its judgement, a hand writes it alone. */
const modelIn = (given: GivenModel): GivenModel => (given['model'] as GivenModel | undefined) ?? given;

/** A model of named columns, tried once on a row of zeros so that one that is none is told at once. */
function askColumns(
  names: readonly string[],
  coding: unknown,
  answer: (table: FeatureTable, rows: readonly AskedRow[]) => (object | CodedError)[],
  missing: 'refused' | 'allowed' = 'refused',
): AskedModel {
  const reader = featureReader(names, coding, missing);
  const nobody: AskedRow = { line: 0, cell: () => '0' };
  const zeros = { names, columns: names.map(() => new Float64Array(1)) };
  for (const value of Object.values(answer(zeros, [nobody])[0] ?? {}))
    if (!Number.isFinite(value) && value !== null) throw new RangeError('the model gives no number');
  return { columns: reader.columns, ask: askTogether(reader, names, answer) };
}

const each = (values: ArrayLike<number>, name: string): object[] =>
  Array.from(values, (value) => ({ [name]: value }));

export function askLogistic(given: GivenModel): AskedModel {
  const own = modelIn(given);
  const names = textList(own['names'], 'names');
  const model: LogisticModel = {
    name: 'logistic',
    names,
    intercept: numberList([own['intercept']], 'intercept', 1)[0]!,
    coefficients: numberList(own['coefficients'], 'coefficients', names.length),
    centres: names.map(() => 0),
  };
  return askColumns(names, given['coding'], (table) => each(predictLogistic(model, table), 'probability'));
}

export function askTrees(given: GivenModel): AskedModel {
  const model = modelIn(given) as unknown as BoostedTreesModel;
  const names = textList(
    model.features.map(({ name }) => name),
    'features',
  );
  return askColumns(
    names,
    given['coding'],
    (table) => each(predictBoostedTrees(model, table), 'probability'),
    'allowed',
  );
}

export function askClusters(given: GivenModel): AskedModel {
  const model = modelIn(given) as unknown as KMeansModel;
  const names = textList(model.names, 'names');
  model.centres.forEach((centre, k) => numberList(centre, `centres[${k}]`, names.length));
  return askColumns(names, given['coding'], (table) => each(assignClusters(model, table), 'cluster'));
}

/** Cox: the hazard against the average, and the chance to last the horizon after what the row has lasted. */
export function askCox(given: GivenModel, options: EvalOptions): AskedModel {
  const own = modelIn(given) as unknown as CoxModel;
  const names = textList(own.names, 'names');
  const size = own.baseline.time.length;
  const model: CoxModel = {
    name: 'cox',
    names,
    coefficients: numberList(own.coefficients, 'coefficients', names.length),
    centres: numberList(own.centres, 'centres', names.length),
    baseline: {
      time: numberList(own.baseline.time, 'baseline.time', size),
      hazard: numberList(own.baseline.hazard, 'baseline.hazard', size),
    },
  };
  const horizon = horizonOf(options);
  const lasts = lastedOf(given);
  return askColumns(names, given['coding'], (table, rows) => {
    const ratios = coxLogHazardRatios(model, table);
    const places = new Map(rows.map((row, i) => [row, i]));
    return eachRow((row) => {
      const i = places.get(row)!;
      const lasted = lasts(row);
      const one = { names, columns: table.columns.map((column) => column.subarray(i, i + 1)) };
      const [now, then] = predictCoxSurvival(model, one, [lasted, lasted + horizon]);
      return { hazard_ratio: Math.exp(ratios[i]!), survival: now! > 0 ? then! / now! : null };
    })(rows);
  });
}
