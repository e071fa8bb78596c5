import type { Language } from '@kezi/contract/errors';
import type { HazardBaseline } from '@kezi/stats';
import type { FitFlags } from '@kezi/valuation/bench';
import { InvalidArgumentError, type Command } from 'commander';
import { exitCodes, printColumns, printJson, say } from '../output.js';
import { printFit } from './print-fit.js';

interface FitOptions {
  duration?: string;
  event?: string;
  label?: string;
  features?: string;
  holdoutEvery?: number;
  clusters?: number;
  by?: string;
  covariates?: string;
  ridge?: number;
  k?: number;
  id?: string;
  period?: string;
  baseline?: HazardBaseline;
  format?: 'json' | 'table';
}

function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least) throw new InvalidArgumentError(`${least} …`);
    return value;
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError('> 0');
  return value;
}

function formatOf(text: string): 'json' | 'table' {
  if (text !== 'json' && text !== 'table') throw new InvalidArgumentError('json, table');
  return text;
}

function baselineOf(text: string): HazardBaseline {
  if (text !== 'log' && text !== 'each' && text !== 'constant')
    throw new InvalidArgumentError('log, each, constant');
  return text;
}

const isTable = (format: 'json' | 'table' | undefined): boolean =>
  (format ?? (process.stdout.isTTY ? 'table' : 'json')) === 'table';

async function fitModel(name: string, file: string, options: FitOptions, language: Language): Promise<void> {
  const { CodedError } = await import('@kezi/contract/errors');
  const { checkFlags, columnsRead, fittedKinds } = await import('@kezi/valuation/bench');
  const { namesIn, readTable } = await import('./model-table.js');
  const { withTypedFlags } = await import('./typed-flags.js');
  const kind = Object.entries(fittedKinds).find(([known]) => known === name)?.[1];
  if (!kind) throw new CodedError('models.unknown', { name, names: Object.keys(fittedKinds).join(', ') });
  const { features, covariates, format, ...rest } = options;
  const flags: FitFlags = {
    ...rest,
    ...(covariates === undefined ? {} : { covariates: namesIn(covariates) }),
    ...(features === undefined ? {} : { features: features === 'all' ? 'all' : namesIn(features) }),
  };
  const fit = await withTypedFlags(async () => {
    checkFlags(name, kind, flags);
    return kind.fit(await readTable(file, columnsRead(kind, flags), kind.optional), flags);
  });
  if (isTable(format)) printFit(fit, language);
  else printJson(fit);
}

async function listModels(format: 'json' | 'table' | undefined, language: Language): Promise<void> {
  const { fittedKinds } = await import('@kezi/valuation/bench');
  const { typedFlag } = await import('./typed-flags.js');
  const models = Object.entries(fittedKinds).map(([name, { columns, optional, needs, takes }]) => {
    const inFile = [columns.join(','), ...optional.map((column) => `[,${column}]`)].join('');
    const others = takes.filter((flag) => !needs.includes(flag));
    const flags = [...needs.map(typedFlag), ...others.map((flag) => `[${typedFlag(flag)}]`)];
    return { name, columns: [inFile, flags.join(' ')].filter((part) => part !== '').join(' ') };
  });
  if (!isTable(format)) return models.forEach((model) => printJson(model));
  const header = [say(language, 'models.name'), say(language, 'models.columns')];
  return printColumns([header, ...models.map(({ name, columns }) => [name, columns])], new Set());
}

export function registerModels(program: Command, language: () => Language): void {
  const models = program.command('models').description('fit any model to a file, and ask it');
  models
    .command('list', { isDefault: true })
    .description('models there are, and the columns each of them needs')
    .option('--format <format>', 'json or table', formatOf)
    .action(({ format }: { format?: 'json' | 'table' }) => listModels(format, language()));
  models
    .command('fit')
    .description('fit a model to the columns of a file and print it as JSON')
    .argument('<name>', 'a model of the list')
    .argument('<file>', '.csv, .csv.gz, .tsv or .xlsx with a header')
    .option('--duration <column>', 'column of lifetimes (kaplan-meier, cox)')
    .option(
      '--event <column>',
      'column that says whether the end was seen: 1 or 0, or two words (kaplan-meier, cox, hazard)',
    )
    .option('--id <column>', 'column of customers (hazard): one row for each customer and period')
    .option('--period <column>', 'column of periods from 1 on (hazard)')
    .option(
      '--baseline <shape>',
      'how the risk goes with the period: log, each or constant (hazard)',
      baselineOf,
    )
    .option('--label <column>', 'column to learn (logistic, gbdt): 1 or 0, or two words')
    .option('--features <columns>', 'columns to learn from, with commas between them, or all')
    .option('--holdout-every <figure>', 'keep every n-th row for the judgement of the model', wholeFrom(2))
    .option('--clusters <figure>', 'number of clusters (kmeans; default: by silhouette)', wholeFrom(1))
    .option('--by <column>', 'column of segments: a fit for each of them, small ones leaning on all')
    .option('--covariates <columns>', 'columns that the parameters depend on, with commas between them')
    .option('--ridge <figure>', 'penalty on effects of covariates and features (default 0)', positive)
    .option('--k <figure>', 'phases to an order interval (bg-cnbd-k, mbg-cnbd-k)', wholeFrom(1))
    .option('--format <format>', 'json or table', formatOf)
    .action((name: string, file: string, options: FitOptions) => fitModel(name, file, options, language()));
  models
    .command('curves')
    .description(
      'the curves of a fitted model: retention, survival, orders of a new customer; one JSON object a line',
    )
    .argument('<model>', 'JSON of a fit, or a model written by hand')
    .option('--horizon <figure>', 'time units, or periods, to draw', positive)
    .action(async (model: string, { horizon }: { horizon?: number }) => {
      const { printCurves } = await import('./models-eval.js');
      await printCurves(model, horizon ?? null);
    });
  models
    .command('eval')
    .description('ask a fitted model about customers: one JSON object a line for each row')
    .argument('<model>', 'JSON of a fit, or { "name": "bg-nbd", "parameters": { ... } } written by hand')
    .argument('<file>', 'the columns the model was fitted on; a new customer is a row of zeros')
    .option('--horizon <figure>', 'time units, or periods, to look ahead', positive)
    .option(
      '--discount-rate <figure>',
      'a time unit; adds dert (derl), the discounted orders (renewals) still to come',
      positive,
    )
    .option('--pmf <figure>', 'adds the probability of 0 to so many orders', wholeFrom(0))
    .action(
      async (
        model: string,
        file: string,
        { horizon, discountRate, pmf }: { horizon?: number; discountRate?: number; pmf?: number },
      ) => {
        const { evaluateModel } = await import('./models-eval.js');
        const options = { horizon: horizon ?? null, discountRate: discountRate ?? null, pmf: pmf ?? null };
        process.exitCode = (await evaluateModel(model, file, options, language())) || exitCodes.ok;
      },
    );
}
