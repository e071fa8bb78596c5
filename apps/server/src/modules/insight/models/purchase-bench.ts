import { covariateModels } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import {
  codeLevels,
  customerFuture,
  customerModel,
  customerModels,
  fitBgCnbdK,
  fitBySegment,
  fitMbgCnbdK,
  fitWithCovariates,
  modelOfCustomer,
  type CovariateModel,
  type CovariateModelName,
  type CustomerModel,
  type CustomerModelName,
  type PurchaseSummary,
} from '@kezi/stats';
import {
  figureOf,
  horizonOf,
  textOf,
  weightOf,
  type BenchFit,
  type BenchKind,
  type BenchRow,
  type GivenModel,
} from './bench-rows.js';
import { covariateReader, covariatesOfRows } from './covariates-of-rows.js';

function checkHistory(line: number, frequency: number, recency: number, age: number): void {
  const isPossible = frequency >= 0 && recency >= 0 && recency <= age && (frequency > 0 || recency === 0);
  if (!isPossible) throw new CodedError('models.bad_history', { line, frequency, recency, age });
}

const regular: Readonly<Record<string, typeof fitBgCnbdK>> = {
  'bg-cnbd-k': fitBgCnbdK,
  'mbg-cnbd-k': fitMbgCnbdK,
};

/** CodedError for options that do not go together. */
function checkTogether(name: CustomerModelName, { by, covariates, ridge, k }: BenchFit): void {
  const refuse = (flag: string): never => {
    throw new CodedError('models.flag_not_taken', { flag, name });
  };
  if (by !== undefined && covariates !== undefined) refuse('by, covariates');
  if (by !== undefined && k !== undefined) refuse('by, k');
  if (ridge !== undefined && covariates === undefined)
    throw new CodedError('models.flag_missing', { flag: 'covariates' });
}

/** One fit for all, one for each segment, or one that depends on covariates; as `kezi models fit` prints it. */
function fitTo(
  name: CustomerModelName,
  summary: PurchaseSummary,
  rows: readonly BenchRow[],
  options: BenchFit,
): object {
  const { by, covariates, ridge, k } = options;
  if (by !== undefined) {
    const texts = rows.map((row) => textOf(row, by));
    if (texts.every((text) => text === ''))
      throw new CodedError('models.column_missing', {
        column: by,
        columns: Object.keys(rows[0] ?? {}).join(', '),
      });
    return { by, ...fitBySegment(name, summary, codeLevels(texts)) };
  }
  if (covariates !== undefined) {
    const { table, coding } = covariatesOfRows(rows, covariates);
    const given = ridge === undefined ? {} : { ridge };
    return { ...fitWithCovariates(name as CovariateModelName, summary, table, given), coding };
  }
  const ofRegular = regular[name];
  return ofRegular && k !== undefined ? ofRegular(summary, { k }) : customerModels[name].fit(summary);
}

/** The model that each row is put to: the same for all, that of its segment, or by its covariates. */
function chooserOf(
  name: CustomerModelName,
  given: GivenModel,
): (row: BenchRow, line: number) => CustomerModel {
  const plain = (parameters: object | undefined): CustomerModel =>
    customerModel({ name, parameters: parameters ?? {} });
  const { by, pooled, segments } = given;
  if (by !== undefined && segments !== undefined) {
    const all = plain(pooled?.parameters);
    const models = new Map(segments.map(({ segment, parameters }) => [segment, plain(parameters)]));
    return (row) => models.get(textOf(row, by)) ?? all;
  }
  if (given.covariates !== undefined) {
    const model = {
      name,
      parameters: given.parameters ?? {},
      covariates: given.covariates,
    } as CovariateModel;
    // A model that is none is told at once, not at its first row.
    modelOfCustomer(model, model.covariates.centres);
    const read = covariateReader(model.covariates.names, given.coding?.levels ?? {});
    return (row, line) => modelOfCustomer(model, read(row, line));
  }
  const model = plain(given.parameters);
  return () => model;
}

/** A model of repeat orders on histories of customers. */
export function purchaseKind(name: CustomerModelName): BenchKind {
  const age = customerModels[name].clock === 'opportunities' ? 'opportunities' : 'age';
  const historyOf = (row: BenchRow, line: number) => {
    const history = [
      figureOf(row, line, 'frequency'),
      figureOf(row, line, 'recency'),
      figureOf(row, line, age),
    ] as const;
    checkHistory(line, ...history);
    return history;
  };
  const takesCovariates = (covariateModels as readonly string[]).includes(name);
  return {
    columns: ['frequency', 'recency', age],
    optional: ['weight'],
    takes: [
      'by',
      ...(takesCovariates ? (['covariates', 'ridge'] as const) : []),
      ...(name in regular ? (['k'] as const) : []),
    ],
    fit: (rows, options) => {
      checkTogether(name, options);
      const histories = rows.map((row, i) => historyOf(row, i + 1));
      const summary = {
        frequency: Float64Array.from(histories, ([x]) => x),
        recency: Float64Array.from(histories, ([, tx]) => tx),
        age: Float64Array.from(histories, ([, , T]) => T),
        ...weightOf(rows),
      };
      return fitTo(name, summary, rows, options);
    },
    asked: (given, options) => {
      const modelFor = chooserOf(name, given);
      const horizon = horizonOf(options);
      const { pmf, discountRate } = options;
      return (row, line) => {
        const future = customerFuture(modelFor(row, line), ...historyOf(row, line));
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
