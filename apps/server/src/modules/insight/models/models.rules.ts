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
  customerFuture,
  customerModel,
  customerModels,
  discountedResidualLifetime,
  expectedSpend,
  fitBdw,
  fitGammaGamma,
  fitSbg,
  spendInterval,
  type ContractModel,
  type CustomerModelName,
  type SpendModel,
} from '@kezi/stats';

type Row = ModelFitInput['rows'][number];
type Asked = Omit<ModelEvaluateInput, 'rows' | 'model'>;

interface BenchKind {
  columns: readonly string[];
  /** Columns that a row may have. */
  optional: readonly string[];
  fit: (rows: readonly Row[]) => object;
  /** Answers one row. RangeError where the parameters are none, before any row is seen. */
  asked: (parameters: Readonly<Record<string, number>>, options: Asked) => (row: Row, line: number) => object;
}

/** A figure of a row; rows are counted from 1. */
function figureOf(row: Row, line: number, column: string): number {
  const value = row[column];
  if (value === undefined) throw new CodedError('models.not_a_number', { line, column, text: '' });
  return value;
}

const columnOf = (rows: readonly Row[], column: string): Float64Array =>
  Float64Array.from(rows, (row, i) => figureOf(row, i + 1, column));

/** How many customers each row stands for, where any row says so. */
function weightOf(rows: readonly Row[]): { weight?: Float64Array } {
  if (!rows.some((row) => 'weight' in row)) return {};
  const weight = columnOf(rows, 'weight');
  const bad = weight.findIndex((value) => value < 0);
  if (bad >= 0) throw new CodedError('models.bad_weight', { line: bad + 1, text: weight[bad] ?? '' });
  return { weight };
}

function horizonOf({ horizon }: Asked): number {
  if (horizon === undefined) throw new CodedError('models.flag_missing', { flag: 'horizon' });
  return horizon;
}

function checkHistory(line: number, frequency: number, recency: number, age: number): void {
  const isPossible = frequency >= 0 && recency >= 0 && recency <= age && (frequency > 0 || recency === 0);
  if (!isPossible) throw new CodedError('models.bad_history', { line, frequency, recency, age });
}

function purchaseKind(name: CustomerModelName): BenchKind {
  const age = customerModels[name].clock === 'opportunities' ? 'opportunities' : 'age';
  const historyOf = (row: Row, line: number) => {
    const history = [
      figureOf(row, line, 'frequency'),
      figureOf(row, line, 'recency'),
      figureOf(row, line, age),
    ] as const;
    checkHistory(line, ...history);
    return history;
  };
  return {
    columns: ['frequency', 'recency', age],
    optional: ['weight'],
    fit: (rows) => {
      const histories = rows.map((row, i) => historyOf(row, i + 1));
      return customerModels[name].fit({
        frequency: Float64Array.from(histories, ([x]) => x),
        recency: Float64Array.from(histories, ([, tx]) => tx),
        age: Float64Array.from(histories, ([, , T]) => T),
        ...weightOf(rows),
      });
    },
    asked: (parameters, options) => {
      const model = customerModel({ name, parameters });
      const horizon = horizonOf(options);
      const { pmf, discountRate } = options;
      return (row, line) => {
        const future = customerFuture(model, ...historyOf(row, line));
        return {
          p_alive: future.pAlive,
          expected_orders: future.expectedOrders(horizon),
          ...(pmf === undefined
            ? {}
            : { pmf: Array.from({ length: pmf + 1 }, (_, n) => future.orderProbability(n, horizon)) }),
          ...(discountRate === undefined ? {} : { dert: future.discountedOrders(discountRate) }),
        };
      };
    },
  };
}

/** RangeError, naming the parameter, unless all are positive. */
function positive(parameters: Readonly<Record<string, number>>, names: readonly string[]): object {
  for (const name of names) {
    if (!((parameters[name] ?? 0) > 0)) throw new RangeError(`parameter ${name} must be a positive number`);
  }
  return parameters;
}

const gammaGamma: BenchKind = {
  columns: ['frequency', 'monetary_value'],
  optional: ['weight'],
  fit: (rows) =>
    fitGammaGamma({
      frequency: columnOf(rows, 'frequency'),
      monetaryValue: columnOf(rows, 'monetary_value'),
      ...weightOf(rows),
    }),
  asked: (parameters) => {
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
    asked: (parameters, options) => {
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
      const { columns, optional } = kinds[name];
      return { name, columns: [...columns], optional: [...optional] };
    }),
  };
}

/**
 * The fit as `kezi models fit` prints it.
 * @throws CodedError models.not_a_number, models.bad_history, models.bad_weight, models.bad_retention with the row, from 1
 */
export function fitModel({ name, rows }: ModelFitInput): object {
  return kinds[name].fit(rows);
}

/** An answer, or why there is none. */
export type RowAnswer =
  | { answer: Record<string, unknown> }
  | { line: number; code: ErrorCode; params: ErrorParams };

/**
 * An answer for each row as `kezi models eval` prints it; a row that cannot be answered says why in its place.
 * @throws CodedError models.bad_model, models.flag_missing
 */
export function evaluateModel({
  model: { name, parameters },
  rows,
  ...options
}: ModelEvaluateInput): RowAnswer[] {
  const ask = askerOf(name, parameters, options);
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

function askerOf(name: BenchModel, parameters: Readonly<Record<string, number>>, options: Asked) {
  try {
    return kinds[name].asked(parameters, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CodedError('models.bad_model', { file: name, reason: error.message }, { cause: error });
  }
}
