import {
  benchModels,
  type BenchModel,
  type ModelEvaluateInput,
  type ModelFitInput,
  type ModelList,
} from '@kezi/contract';
import { CodedError, type ErrorCode, type ErrorParams } from '@kezi/contract/errors';
import {
  contractSurvival,
  discountedResidualLifetime,
  expectedSpend,
  fitBdw,
  fitGammaGamma,
  fitSbg,
  spendInterval,
  type ContractModel,
  type SpendModel,
} from '@kezi/stats';
import {
  columnOf,
  figureOf,
  horizonOf,
  weightOf,
  type BenchFit,
  type BenchKind,
  type BenchQuestion,
  type GivenModel,
} from './bench-rows.js';
import { purchaseKind } from './purchase-bench.js';

/** RangeError, naming the parameter, unless all are positive. */
function positive(parameters: Readonly<Record<string, number>> = {}, names: readonly string[] = []): object {
  for (const name of names) {
    if (!((parameters[name] ?? 0) > 0)) throw new RangeError(`parameter ${name} must be a positive number`);
  }
  return parameters;
}

const gammaGamma: BenchKind = {
  columns: ['frequency', 'monetary_value'],
  optional: ['weight'],
  takes: [],
  fit: (rows) =>
    fitGammaGamma({
      frequency: columnOf(rows, 'frequency'),
      monetaryValue: columnOf(rows, 'monetary_value'),
      ...weightOf(rows),
    }),
  asked: ({ parameters }) => {
    const model = {
      name: 'gamma-gamma',
      parameters: positive(parameters, ['p', 'q', 'v']),
    } as SpendModel;
    return (row, line) => {
      const x = figureOf(row, line, 'frequency');
      const m = x === 0 ? 0 : figureOf(row, line, 'monetary_value');
      const mean = expectedSpend(model, x, m);
      return { expected_spend: Number.isFinite(mean) ? mean : null, ...spendInterval(model, x, m) };
    };
  },
};

function contractKind(
  name: 'sbg' | 'bdw',
  fit: (data: { period: Float64Array; survivors: Float64Array }) => object,
): BenchKind {
  return {
    columns: ['period', 'survivors'],
    optional: [],
    takes: [],
    fit: (rows) => {
      const period = columnOf(rows, 'period');
      const survivors = columnOf(rows, 'survivors');
      rows.forEach((_, i) => {
        const [at, left] = [period[i] ?? 0, survivors[i] ?? 0];
        const follows = i === 0 || (at > (period[i - 1] ?? 0) && left <= (survivors[i - 1] ?? 0));
        if (!follows || !Number.isInteger(at) || at < 0 || left < 0)
          throw new CodedError('models.bad_retention', { line: i + 1, period: at, survivors: left });
      });
      return fit({ period, survivors });
    },
    asked: ({ parameters }, options) => {
      const names = name === 'sbg' ? ['alpha', 'beta'] : ['alpha', 'beta', 'c'];
      const model = { name, parameters: positive(parameters, names) } as ContractModel;
      const horizon = horizonOf(options);
      const { discountRate } = options;
      return (row, line) => {
        const period = figureOf(row, line, 'period');
        const survival = contractSurvival(model, period);
        return {
          survival,
          retention: survival > 0 ? contractSurvival(model, period + 1) / survival : null,
          expected_renewals: discountedResidualLifetime(model, period, 0, horizon),
          ...(discountRate === undefined
            ? {}
            : { derl: discountedResidualLifetime(model, period, discountRate) }),
        };
      };
    },
  };
}

const kinds: Readonly<Record<BenchModel, BenchKind>> = {
  'bg-nbd': purchaseKind('bg-nbd'),
  'mbg-nbd': purchaseKind('mbg-nbd'),
  'pareto-nbd': purchaseKind('pareto-nbd'),
  'bg-cnbd-k': purchaseKind('bg-cnbd-k'),
  'mbg-cnbd-k': purchaseKind('mbg-cnbd-k'),
  nbd: purchaseKind('nbd'),
  'bg-bb': purchaseKind('bg-bb'),
  'gamma-gamma': gammaGamma,
  sbg: contractKind('sbg', fitSbg),
  bdw: contractKind('bdw', fitBdw),
};

export function listModels(): ModelList {
  return {
    items: benchModels.map((name) => {
      const { columns, optional, takes } = kinds[name];
      return { name, columns: [...columns], optional: [...optional], takes: [...takes] };
    }),
  };
}

/**
 * The fit as `kezi models fit` prints it.
 * @throws CodedError models.not_a_number, models.bad_history, models.bad_weight, models.bad_retention with the row, from 1;
 * models.flag_not_taken, models.flag_missing, models.cell_missing, models.column_missing
 */
export function fitModel({ name, rows, ...options }: ModelFitInput): object {
  const kind = kinds[name];
  const wrong = (Object.keys(options) as (keyof BenchFit)[]).find(
    (option) => options[option] !== undefined && !kind.takes.includes(option),
  );
  if (wrong !== undefined) throw new CodedError('models.flag_not_taken', { flag: wrong, name });
  return kind.fit(rows, options);
}

/** An answer, or why there is none. */
export type RowAnswer =
  | { answer: Record<string, unknown> }
  | { line: number; code: ErrorCode; params: ErrorParams };

/**
 * An answer for each row as `kezi models eval` prints it; a row that cannot be answered says why in its place.
 * @throws CodedError models.bad_model, models.flag_missing
 */
export function evaluateModel({ model, rows, ...options }: ModelEvaluateInput): RowAnswer[] {
  const ask = askerOf(model, options);
  return rows.map((row, i) => {
    const line = i + 1;
    try {
      return { answer: ask(row, line) as Record<string, unknown> };
    } catch (error) {
      if (error instanceof CodedError) return { line, code: error.code, params: error.params };
      if (error instanceof RangeError)
        return { line, code: 'models.row_refused', params: { line, reason: error.message } };
      throw error;
    }
  });
}

function askerOf(model: GivenModel, options: BenchQuestion) {
  const { name } = model;
  try {
    return kinds[name].asked(model, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CodedError('models.bad_model', { file: name, reason: error.message }, { cause: error });
  }
}
