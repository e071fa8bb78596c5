import { readFile } from 'node:fs/promises';
import { CodedError, messageOf, type Language } from '@kezi/contract/errors';
import {
  askedModel,
  drawCurves,
  withGivenModel,
  type AskedRow,
  type EvalOptions,
  type GivenModel,
} from '@kezi/valuation/bench';
import { exitCodes, printJson } from '../output.js';
import { isBroken, openTable, placeOf } from './model-table.js';
import { withTypedFlags } from './typed-flags.js';
import { inOurNames } from './usual-names.js';

/** A file with a model as `fit` prints it, or written by hand. CodedError models.bad_model says what is wrong with it. */
async function withModelFile<T>(path: string, work: (given: GivenModel) => T): Promise<T> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CodedError('tabular.file_missing', { path }, { cause: error });
  });
  return withTypedFlags(() =>
    Promise.resolve(withGivenModel(path, () => work(JSON.parse(text) as GivenModel))),
  );
}

/** One JSON object a line for each curve of a model; none where it has only answers for rows. */
export async function printCurves(modelPath: string, horizon: number | null): Promise<void> {
  for (const curve of await withModelFile(modelPath, (given) => drawCurves(given, horizon))) printJson(curve);
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
  const model = await withModelFile(modelPath, (given) => askedModel(given, options));
  const { names: given, batches } = await openTable(file);
  const names = inOurNames(given, model.columns);
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
