import { readFile, writeFile } from 'node:fs/promises';
import { CodedError, type Language } from '@kezi/contract/errors';
import {
  batchesOf,
  checkOut,
  churnOfOrders,
  histogramsOn,
  identifierOf,
  learnLabelled,
  openThreads,
  parseChurnModel,
  readForModel,
  readLabel,
  scoreAll,
  writeChurnScores,
  writeWhole,
  type ChurnModel,
} from '@kezi/valuation';
import { textsOf, type BenchTable } from '@kezi/valuation/bench';
import { exitCodes, note, printJson, say } from '../output.js';
import { keepApart } from './written-over.js';
import { readChurnOptions, type ChurnFlags, type ChurnOptions } from './churn-options.js';
import { printApplied, printLearning } from './churn-table.js';
import { namesIn, placeOf, readTable } from './model-table.js';
import { printFileNotes } from './value-notes.js';

/** From so many rows on a second thread saves more than it costs to start. */
const WORTH_A_THREAD = 20_000;

async function saveModel(model: ChurnModel, path: string | undefined): Promise<void> {
  if (path !== undefined) await writeWhole(path, (aside) => writeFile(aside, `${JSON.stringify(model)}\n`));
}

async function readModel(path: string, kind: ChurnModel['kind'], language: Language): Promise<ChurnModel> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CodedError('churn.bad_model', { path });
  });
  const model = parseChurnModel(text, path);
  if (model.kind !== kind)
    throw new CodedError('churn.wrong_kind', { kind: say(language, `churn.from.${model.kind}`) });
  return model;
}

/** Columns by their names in the file. */
const textsByName = (data: BenchTable, names: readonly string[]): Map<string, string[]> =>
  new Map(names.map((name) => [name, textsOf(data, name)]));

/** What names each customer: a column, else the number of the row. */
const idsOf = (data: BenchTable, id: string | null): string[] =>
  id === null ? data.lines.map((_, i) => String(i + 1)) : textsOf(data, id);

function oneFile(files: readonly string[]): string {
  if (files.length !== 1) throw new CodedError('churn.one_file', { count: files.length });
  return files[0]!;
}

async function learnFromLabel(
  file: string,
  flags: ChurnFlags & { label: string },
  options: ChurnOptions,
  language: Language,
): Promise<void> {
  const data = await readTable(file, null);
  const nameOf = (column: string): string => data.names[placeOf(data.names, column)]!;
  const labelName = nameOf(flags.label);
  const id = flags.id === undefined ? undefined : nameOf(flags.id);
  const insisted = new Set(flags.features === 'all' ? [] : namesIn(flags.features).map(nameOf));
  const names =
    insisted.size > 0 ? [...insisted] : data.names.filter((name) => name !== labelName && name !== id);
  if (insisted.has(labelName))
    throw new CodedError('churn.options_conflict', { first: '--label', second: `--features ${labelName}` });
  const label = readLabel(labelName, textsOf(data, labelName), flags.churned);
  const texts = textsByName(data, names);
  const threads = await openThreads(data.lines.length < WORTH_A_THREAD ? 1 : undefined);
  try {
    const { model, holdout, seed } = options;
    const learnt = learnLabelled(texts, label, {
      model,
      holdout,
      seed,
      engine: histogramsOn(threads),
      insisted,
    });
    const named = id ?? identifierOf(learnt.report.leftOut, texts);
    const ids = idsOf(data, named);
    await saveModel({ ...learnt.model, id: named }, flags.save);
    if (flags.out !== undefined) {
      const source = () => batchesOf(ids, learnt.columns);
      await writeChurnScores(learnt.model, source, await scoreAll(learnt.model, source), flags.out);
    }
    if (options.format === 'json') printJson({ ...learnt.report, id: named });
    else printLearning(learnt.report, language, flags.out);
  } finally {
    await threads.close();
  }
}

async function applyToTable(
  file: string,
  flags: ChurnFlags & { apply: string },
  options: ChurnOptions,
  language: Language,
): Promise<void> {
  const model = await readModel(flags.apply, 'label', language);
  const data = await readTable(file, null);
  const names = new Map(data.names.map((name) => [name.toLowerCase(), name]));
  const wanted = model.plans.map(({ name }) => name).filter((name) => names.has(name.toLowerCase()));
  const known = names.get((model.id ?? '').toLowerCase()) ?? null;
  const ids = idsOf(data, flags.id === undefined ? known : data.names[placeOf(data.names, flags.id)]!);
  const { columns, unknown } = readForModel(model, textsByName(data, wanted));
  const source = () => batchesOf(ids, columns);
  const probability = await scoreAll(model, source);
  if (flags.out !== undefined) await writeChurnScores(model, source, probability, flags.out);
  const report = {
    kind: 'label' as const,
    customers: ids.length,
    expectedRate: probability.reduce((sum, p) => sum + p, 0) / probability.length,
    unknown,
  };
  if (options.format === 'json') printJson(report);
  else printApplied(report, language, flags.out);
}

async function fromOrders(flags: ChurnFlags, options: ChurnOptions, language: Language): Promise<number> {
  const applied = flags.apply === undefined ? undefined : await readModel(flags.apply, 'silence', language);
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const { source, asOf, silenceDays, model, seed } = options;
  const { out, rejects } = flags;
  const told = await churnOfOrders({
    source,
    asOf,
    silenceDays,
    model,
    seed,
    applied,
    out,
    rejects,
    signal: interrupted.signal,
  }).finally(() => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  });
  await saveModel(told.model, flags.save);
  printFileNotes(told.files, language, rejects !== undefined);
  const { report, files, expectedRate } = told;
  if (options.format === 'json') printJson({ ...report, expectedRate, ...files });
  else if ('candidates' in report) printLearning({ ...report, expectedRate }, language, out);
  else printApplied({ ...report, expectedRate }, language, out);
  return files.rows.rejected > 0 ? exitCodes.rejected : exitCodes.ok;
}

/** Learns from a label, or from orders where there is none, or applies a model that was kept. Returns the exit code. */
export async function runChurn(
  files: readonly string[],
  flags: ChurnFlags,
  language: Language,
): Promise<number> {
  const options = readChurnOptions(files, flags);
  keepApart([...files, flags.apply ?? []].flat(), [flags.out, flags.rejects, flags.save]);
  if (flags.out !== undefined) checkOut(flags.out);
  if (flags.label !== undefined) {
    if (flags.apply !== undefined)
      throw new CodedError('churn.options_conflict', { first: '--apply', second: '--label' });
    await learnFromLabel(oneFile(files), { ...flags, label: flags.label }, options, language);
    return exitCodes.ok;
  }
  if (flags.apply !== undefined) {
    const text = await readFile(flags.apply, 'utf8').catch(() => '');
    if (parseChurnModel(text, flags.apply).kind === 'label') {
      await applyToTable(oneFile(files), { ...flags, apply: flags.apply }, options, language);
      return exitCodes.ok;
    }
  }
  if (flags.apply === undefined && flags.out === undefined && options.format === 'table')
    note(say(language, 'churn.noLabel'));
  return fromOrders(flags, options, language);
}
