import { readFile } from 'node:fs/promises';
import { CodedError, messageOf, type Language } from '@kezi/contract/errors';
import { customerFuture, customerModel, customerModels, type CustomerModel } from '@kezi/stats';
import { exitCodes, printJson } from '../output.js';
import { checkHistory } from './model-purchase-fits.js';
import { numberIn, openTable, placeOf } from './model-table.js';

interface EvalOptions {
  horizon: number;
  discountRate: number | null;
  /** Largest number of orders whose probability is wanted; null for none. */
  pmf: number | null;
}

/** A model as `fit` prints it, or written by hand. CodedError models.bad_model says what is wrong with it. */
async function readModel(path: string): Promise<CustomerModel> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CodedError('tabular.file_missing', { path }, { cause: error });
  });
  try {
    const given = JSON.parse(text) as { name?: unknown; parameters?: object };
    return customerModel({ name: String(given.name), parameters: { ...given.parameters } });
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError))
      throw error;
    throw new CodedError('models.bad_model', { file: path, reason: error.message }, { cause: error });
  }
}

function evaluate(
  model: CustomerModel,
  history: readonly [number, number, number],
  options: EvalOptions,
): object {
  const { horizon, discountRate, pmf } = options;
  const future = customerFuture(model, ...history);
  return {
    p_alive: future.pAlive,
    expected_orders: future.expectedOrders(horizon),
    ...(pmf === null
      ? {}
      : { pmf: Array.from({ length: pmf + 1 }, (_, n) => future.orderProbability(n, horizon)) }),
    ...(discountRate === null ? {} : { dert: future.discountedOrders(discountRate) }),
  };
}

/**
 * One JSON object a line for each row of the file, as they come. A row that cannot be evaluated says so in its place, so
 * that answers and rows stay side by side; the exit code is then 3.
 */
export async function evaluateModel(
  modelPath: string,
  file: string,
  options: EvalOptions,
  language: Language,
): Promise<number> {
  const model = await readModel(modelPath);
  const age = customerModels[model.name].clock === 'opportunities' ? 'opportunities' : 'age';
  const { names, rows } = await openTable(file);
  const columns = ['frequency', 'recency', age] as const;
  const places = columns.map((column) => placeOf(names, column));
  let rejected = 0;
  for await (const { line, cells } of rows) {
    try {
      const history = places.map((place, k) => {
        const text = cells[place]!.trim();
        const value = numberIn(text);
        if (!Number.isFinite(value))
          throw new CodedError('models.not_a_number', { line, column: columns[k]!, text });
        return value;
      }) as [number, number, number];
      checkHistory(line, ...history);
      printJson(evaluate(model, history, options));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      rejected += 1;
      printJson({ line, code: error.code, error: messageOf(error.code, error.params, language) });
    }
  }
  return rejected > 0 ? exitCodes.rejected : exitCodes.ok;
}
