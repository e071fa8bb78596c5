import { readFile } from 'node:fs/promises';
import { CodedError, messageOf, type Language } from '@kezi/contract/errors';
import { customerModels } from '@kezi/stats';
import { exitCodes, printJson } from '../output.js';
import { askClusters, askCox, askLogistic, askTrees } from './ask-classifiers.js';
import { askContracts, askCurve, askSpend } from './ask-contracts.js';
import { askCustomers } from './ask-customers.js';
import { askHazard } from './ask-hazard.js';
import type { AskedModel, AskedRow, EvalOptions, GivenModel, ReadModel } from './asked-model.js';
import { isBroken, openTable, placeOf } from './model-table.js';

/** All models that rows can be put to, by the name that stands in their JSON. */
const askedModels: Readonly<Record<string, ReadModel>> = {
  ...Object.fromEntries(Object.keys(customerModels).map((name) => [name, askCustomers])),
  'gamma-gamma': askSpend,
  sbg: askContracts,
  bdw: askContracts,
  hazard: askHazard,
  'kaplan-meier': askCurve,
  cox: askCox,
  logistic: askLogistic,
  gbdt: askTrees,
  'k-means': askClusters,
};

/** A model as `fit` prints it, or written by hand. CodedError models.bad_model says what is wrong with it. */
async function readModel(path: string, options: EvalOptions): Promise<AskedModel> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CodedError('tabular.file_missing', { path }, { cause: error });
  });
  try {
    const given = JSON.parse(text) as GivenModel;
    const name = String(given['name']);
    if (!Object.hasOwn(askedModels, name))
      throw new RangeError(`no model ${JSON.stringify(name)}; known: ${Object.keys(askedModels).join(', ')}`);
    return askedModels[name]!(given, options);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError))
      throw error;
    throw new CodedError('models.bad_model', { file: path, reason: error.message }, { cause: error });
  }
}

/**
 * One JSON object a line for each row of the file, as they come. A row that cannot be answered, or not even be split into cells,
 * says so in its place, so that answers and rows stay side by side; the exit code is then 3.
 */
export async function evaluateModel(
  modelPath: string,
  file: string,
  options: EvalOptions,
  language: Language,
): Promise<number> {
  const model = await readModel(modelPath, options);
  const { names, batches } = await openTable(file);
  const places = new Map(names.map((name, place) => [name.trim().toLowerCase(), place]));
  for (const column of model.columns) placeOf(names, column);
  const rowOf = (line: number, cells: readonly string[]): AskedRow => ({
    line,
    cell: (column) => {
      const place = places.get(column.trim().toLowerCase());
      return place === undefined ? '' : cells[place]!.trim();
    },
  });
  let rejected = 0;
  const printReason = (line: number, { code, params }: Pick<CodedError, 'code' | 'params'>): void => {
    rejected += 1;
    printJson({ line, code, error: messageOf(code, params, language) });
  };
  for await (const rows of batches) {
    const readable = rows.filter((row) => !isBroken(row));
    const answers = model.ask(readable.map(({ line, cells }) => rowOf(line, cells)));
    let next = 0;
    for (const row of rows) {
      if (isBroken(row)) {
        printReason(row.line, row);
        continue;
      }
      const answer = answers[next++]!;
      if (answer instanceof CodedError) printReason(row.line, answer);
      else printJson(answer);
    }
  }
  return rejected > 0 ? exitCodes.rejected : exitCodes.ok;
}
