import type { Language } from '@kezi/contract/errors';
import type { ValuationReport, ValuationRequest } from '@kezi/valuation';
import type { Command } from 'commander';
import { exitCodes, printJson } from '../output.js';
import { keepApart } from './written-over.js';
import { printNotes } from './value-notes.js';
import type { ValueFlags } from './value-options.js';
import { watchProgress } from './value-progress.js';
import { printReport } from './value-table.js';

export function registerValue(program: Command, language: () => Language): void {
  program
    .command('value')
    .description('say what every customer is worth, from files of orders; no server, no database')
    .argument('<file...>', 'orders: .csv, .csv.gz, .tsv, .txt, .xlsx, .parquet')
    .option('--customer <column>', 'column of the customer id: its header, or its number from 1')
    .option('--date <column>', 'column of the order date')
    .option('--amount <column>', 'column of the amount of the line')
    .option('--quantity <column>', 'column of the quantity, with --unit-price in place of --amount')
    .option('--unit-price <column>', 'column of the price of one piece')
    .option('--margin <column>', 'column of the margin; the value is margin then, not revenue')
    .option(
      '--cost <column>',
      'column of what the line costs to serve, such as freight; taken from its amount or margin',
    )
    .option('--order-id <column>', 'column of the order number')
    .option('--product <column>', 'column of the product')
    .option('--currency <column>', 'column of the currency; rows in another one than most are rejected')
    .option(
      '--date-format <name>',
      'dmy or mdy where day and month cannot be told apart, or iso, slash, dot, compact ...',
    )
    .option('--time-zone <zone>', 'zone in which instants become days', 'Asia/Shanghai')
    .option('--encoding <name>', 'utf-8, gb18030, big5, utf-16le or utf-16be; found out when left out')
    .option('--sheet <name>', 'worksheet of an .xlsx')
    .option('--as-of <date>', 'day the figures are true for, yyyy-mm-dd (default: last order day)')
    .option('--time-unit <unit>', 'day, week or month', 'week')
    .option(
      '--calibration-end <date>',
      'adds a back-test: learn up to this day, compare with what came after',
    )
    .option('--horizon <figure>', 'time units to look ahead (default: a year)')
    .option(
      '--model <name>',
      'auto, nbd, bg-nbd, mbg-nbd, pareto-nbd, bg-cnbd-k, mbg-cnbd-k or naive',
      'auto',
    )
    .option('--discount-rate <figure>', 'a year', '0.10')
    .option('--forever', 'value all orders to come, however late; expected orders stay those of the horizon')
    .option('--cost-share <figure>', 'cost to serve as a share of the value, such as 0.08')
    .option('--cost-per-order <figure>', 'cost to serve an order')
    .option('--cost-per-year <figure>', 'cost to serve a customer a year; needs a horizon')
    .option('--credit-loss <figure>', 'share of the value that is expected not to be paid, such as 0.02')
    .option(
      '--by <column>',
      'column that makes segments of customers: a model for each, small ones lean on all',
    )
    .option(
      '--covariates <columns>',
      'columns that orders and leaving depend on, with commas between them; not with --by',
    )
    .option('--ridge <figure>', 'with --covariates: holds effects back (default: 0)')
    .option(
      '--spend-model <name>',
      'auto, gamma-gamma or regression: spend that goes with how often customers order (default: auto)',
    )
    .option('--out <file>', 'one row a customer: .csv, .parquet or .xlsx')
    .option('--rejects <file>', 'rows that were not accepted, as CSV: file, line, column, code, text')
    .option('--format <format>', 'json or table (default: table on a terminal, json on a pipe)')
    .action(async (files: string[], flags: ValueFlags) => {
      process.exitCode = await value(files, flags, language());
    });
}

async function value(files: readonly string[], flags: ValueFlags, language: Language): Promise<number> {
  const { readValueOptions } = await import('./value-options.js');
  const options = readValueOptions(files, flags);
  keepApart(files, [flags.out, flags.rejects]);
  const { valueCustomers } = await import('@kezi/valuation');
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const progress = await watchProgress(process.stderr.isTTY, language);
  let report: ValuationReport;
  try {
    const request: ValuationRequest = {
      ...options.request,
      signal: interrupted.signal,
      onProgress: progress.update,
    };
    report = await valueCustomers(request);
  } finally {
    progress.stop();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
  printNotes(report, language, flags.rejects !== undefined);
  if (options.format === 'json') printJson(report);
  else printReport(report, language, flags.out);
  return report.rows.rejected > 0 ? exitCodes.rejected : exitCodes.ok;
}
