import {
  customerFuture,
  customerModel,
  customerModels,
  modelOfCustomer,
  type CovariateModel,
  type CustomerModel,
} from '@kezi/stats';
import { featureReader, textList } from './asked-features.js';
import {
  eachRow,
  horizonOf,
  numberOf,
  type AskedModel,
  type AskedRow,
  type EvalOptions,
  type GivenModel,
} from './asked-model.js';
import { checkHistory } from './fit-purchase-table.js';

/** Which model a row is put to, and the columns that decide it. */
interface Chooser {
  columns: readonly string[];
  modelFor: (row: AskedRow) => CustomerModel;
  clock: 'time' | 'opportunities';
}

const plainModel = (given: GivenModel): CustomerModel =>
  customerModel({ name: String(given['name']), parameters: { ...(given['parameters'] as object) } });

/** Each row by the parameters of its segment; a segment that was not seen takes those of all. */
function bySegment(given: GivenModel): Chooser {
  const { by, pooled, segments } = given as { by: string; pooled: GivenModel; segments: GivenModel[] };
  const all = plainModel({ ...pooled, name: given['name'] });
  const models = new Map(
    segments.map(({ segment, parameters }) => [segment, plainModel({ name: given['name'], parameters })]),
  );
  const clock = customerModels[all.name].clock;
  return { columns: [by], clock, modelFor: (row) => models.get(row.cell(by)) ?? all };
}

/** Each row by its covariates. */
function byCovariates(given: GivenModel): Chooser {
  const model = given as unknown as CovariateModel;
  const names = textList(model.covariates.names, 'covariates.names');
  const { columns, read } = featureReader(names, given['coding']);
  // A model that is none is told at once, not at its first row.
  const { name } = modelOfCustomer(model, model.covariates.centres);
  return { columns, clock: customerModels[name].clock, modelFor: (row) => modelOfCustomer(model, read(row)) };
}

function chooserOf(given: GivenModel): Chooser {
  if ('segments' in given) return bySegment(given);
  if ('covariates' in given) return byCovariates(given);
  const model = plainModel(given);
  return { columns: [], clock: customerModels[model.name].clock, modelFor: () => model };
}

/** Models of repeat orders: whether a customer is still active, and his orders to come. */
export function askCustomers(given: GivenModel, options: EvalOptions): AskedModel {
  const { columns, clock, modelFor } = chooserOf(given);
  const age = clock === 'opportunities' ? 'opportunities' : 'age';
  const { discountRate, pmf } = options;
  const horizon = horizonOf(options);
  const answer = (row: AskedRow): object => {
    const history = [numberOf(row, 'frequency'), numberOf(row, 'recency'), numberOf(row, age)] as const;
    checkHistory(clock, row.line, ...history);
    const future = customerFuture(modelFor(row), ...history);
    return {
      p_alive: future.pAlive,
      expected_orders: future.expectedOrders(horizon),
      ...(pmf === null
        ? {}
        : { pmf: Array.from({ length: pmf + 1 }, (_, n) => future.orderProbability(n, horizon)) }),
      ...(discountRate === null ? {} : { dert: future.discountedOrders(discountRate) }),
    };
  };
  return { columns: ['frequency', 'recency', age, ...columns], ask: eachRow(answer) };
}
