import { hazardOf, residualLifetimeOfPath, type HazardModel } from '@kezi/stats';
import { featureReader, numberList, textList } from './asked-features.js';
import { eachRow, numberOf, type AskedModel, type EvalOptions, type GivenModel } from './asked-model.js';

const baselines: readonly unknown[] = ['log', 'each', 'constant'] satisfies HazardModel['baseline'][];

function hazardModel(given: GivenModel): HazardModel {
  const own = (given['model'] ?? given) as Record<string, unknown>;
  const names = textList(own['names'], 'names');
  const { baseline, periods = [] } = own;
  if (!baselines.includes(baseline)) throw new RangeError(`baseline must be one of ${baselines.join(', ')}`);
  const seen = Array.isArray(periods) ? periods.length : 0;
  const slopes = baseline === 'log' ? 1 : baseline === 'each' ? Math.max(0, seen - 1) : 0;
  return {
    name: 'hazard',
    baseline: baseline as HazardModel['baseline'],
    intercept: numberList([own['intercept']], 'intercept', 1)[0]!,
    byPeriod: numberList(own['byPeriod'] ?? [], 'byPeriod', slopes),
    periods: numberList(periods, 'periods', seen),
    names,
    coefficients: numberList(own['coefficients'], 'coefficients', names.length),
  };
}

/**
 * Contracts by period, as they were fitted: the risk in the row's own period; the chance to be still there at its end, along the
 * rows of one customer that follow each other (those of his path); and his lifetime from there on, the columns of the row held.
 */
export function askHazard(given: GivenModel, options: EvalOptions): AskedModel {
  const model = hazardModel(given);
  const { columns, read } = featureReader(model.names, given['coding']);
  const { id = 'id', period = 'period' } = (given['columns'] ?? {}) as { id?: string; period?: string };
  const { horizon, discountRate } = options;
  let path = { id: '', survival: 1 };
  return {
    columns: [period, ...columns],
    ask: eachRow((row) => {
      const contract = { tenure: numberOf(row, period) - 1, path: [read(row)] };
      const risk = hazardOf(model, contract);
      const own = row.cell(id);
      const before = own !== '' && own === path.id ? path.survival : 1;
      path = { id: own, survival: before * (1 - risk) };
      return {
        hazard: risk,
        survival: path.survival,
        ...(horizon === null
          ? {}
          : { expected_renewals: residualLifetimeOfPath(model, contract, 0, horizon) }),
        ...(discountRate === null ? {} : { derl: residualLifetimeOfPath(model, contract, discountRate) }),
      };
    }),
  };
}
