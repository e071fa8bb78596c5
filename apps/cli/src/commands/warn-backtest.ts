import type { DetectorBacktestRow, DetectorRow } from '@kezi/contract';
import { CodedError, messageOf, type Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { exitCodes, note, printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { printFileNotes } from './value-notes.js';
import type { ValueFlags } from './value-options.js';

interface BacktestFlags extends Omit<ValueFlags, 'timeUnit' | 'model' | 'discountRate'>, ServerOptions {
  detector?: string;
}

export function registerWarnBacktest(warn: Command, language: () => Language): void {
  const command = warn
    .command('backtest')
    .description(
      'ask the detectors on past days, of files of orders or of what a server has, and look up what became of it',
    )
    .argument(
      '[file...]',
      'orders: .csv, .csv.gz, .tsv, .txt, .xlsx, .parquet; without a file, the data of the server',
    )
    .option(
      '--detector <name>',
      'of files: overdue or spend-fall; of a server: any (default: all that can be)',
    )
    .option('--customer <column>', 'column of the customer id: its header, or its number from 1')
    .option('--date <column>', 'column of the order date')
    .option('--amount <column>', 'column of the amount of the line')
    .option('--quantity <column>', 'column of the quantity, with --unit-price in place of --amount')
    .option('--unit-price <column>', 'column of the price of one piece')
    .option('--margin <column>', 'column of the margin; the detectors watch margin then, not revenue')
    .option('--date-format <name>', 'dmy or mdy where day and month cannot be told apart')
    .option('--time-zone <zone>', 'zone in which instants become days', 'Asia/Shanghai')
    .option('--encoding <name>', 'utf-8, gb18030, big5, utf-16le or utf-16be; found out when left out')
    .option('--sheet <name>', 'worksheet of an .xlsx')
    .option('--rejects <file>', 'rows that were not accepted, as CSV')
    .option('--format <format>', 'json or table (default: table on a terminal, json on a pipe)');
  addServerOptions(command).action(async (files: string[], flags: BacktestFlags) => {
    if (files.length === 0) await backtestServer(flags, language());
    else process.exitCode = await backtest(files, flags, language());
  });
}

/** One detector, or one after the other; of those that have no past to be tried on, why. */
async function backtestServer(flags: BacktestFlags, language: Language): Promise<void> {
  const isTable = flags.format === undefined ? process.stdout.isTTY : flags.format === 'table';
  await withServer(flags, language, ['alerts:read', 'alerts:configure'], async (client) => {
    const { items } = await client.call<{ items: DetectorRow[] }>('GET', '/detectors');
    const wanted =
      flags.detector === undefined
        ? items.filter(({ isBacktestable }) => isBacktestable).map(({ detectorId }) => detectorId)
        : [flags.detector];
    for (const id of wanted) {
      try {
        const report = await client.call<DetectorBacktestRow>('GET', `/detectors/${id}/backtest`);
        if (isTable) printReport(report, language);
        else printJson(report);
      } catch (error) {
        if (flags.detector !== undefined || !(error instanceof CodedError)) throw error;
        note(`${id}: ${messageOf(error.code, error.params, language)}`);
      }
    }
  });
}

async function backtest(files: readonly string[], flags: BacktestFlags, language: Language): Promise<number> {
  const { readValueOptions } = await import('./value-options.js');
  const { format, request } = readValueOptions(files, {
    ...flags,
    timeUnit: 'day',
    model: 'auto',
    discountRate: '0',
  });
  if (request.source.kind !== 'files') throw new Error('orders are read from files');
  const { backtestFiles, lakeDetectors } = await import('@kezi/valuation');
  const detectors = lakeDetectors.filter(({ id }) => flags.detector === undefined || id === flags.detector);
  if (detectors.length === 0) {
    const known = lakeDetectors.map(({ id }) => id).join(', ');
    throw new CodedError('valuation.bad_option', {
      option: '--detector',
      value: flags.detector ?? '',
      expected: known,
    });
  }
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const told = await backtestFiles({
    source: request.source,
    detectors,
    rejects: flags.rejects,
    signal: interrupted.signal,
  }).finally(() => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  });
  printFileNotes(told.files, language, flags.rejects !== undefined);
  if (format === 'json') printJson({ ...told.files, reports: told.reports });
  else for (const report of told.reports) printReport({ ...report, tiersOfToday: null }, language);
  return told.files.rows.rejected > 0 ? exitCodes.rejected : exitCodes.ok;
}

const isOfOrders = (id: string): id is 'overdue' | 'spend-fall' => id === 'overdue' || id === 'spend-fall';

function printReport(report: DetectorBacktestRow, language: Language): void {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const points = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'always' });
  const share = (value: number | null): string => (value === null ? '–' : percent.format(value));
  const { own, yardstick, equalRecall: equal } = report;
  note(
    say(language, 'warn.backtest.asked', {
      name: isOfOrders(report.detector) ? say(language, `warn.detector.${report.detector}`) : report.detector,
      from: report.from,
      to: report.to,
      looks: report.looks,
      customers: whole.format(report.customers),
      outcome: say(language, `warn.outcome.${report.detector === 'overdue' ? 'overdue' : 'spend-fall'}`, {
        days: report.outcomeDays,
      }),
      rate: share(report.baseRate),
    }),
  );
  if (report.scale > 1) note(say(language, 'warn.backtest.part', { parts: report.scale }));
  if (report.tiersOfToday !== null) {
    const { looks, tiersOfToday: days } = report;
    note(say(language, days === 0 ? 'warn.backtest.tiers' : 'warn.backtest.tiersOfToday', { looks, days }));
  }
  const row = (name: string, rule: { alarms: number; precision: number | null; recall: number | null }) => [
    name,
    whole.format(rule.alarms),
    share(rule.precision),
    share(rule.recall),
  ];
  const header = ['rule', 'alarms', 'precision', 'recall'] as const;
  printColumns(
    [
      header.map((key) => say(language, `warn.backtest.${key}`)),
      row(
        say(language, `warn.yardstick.${report.yardstickDays === null ? 'spend-fall' : 'overdue'}`),
        yardstick,
      ),
      ...(equal === null
        ? []
        : [row(say(language, 'warn.backtest.equal', { cut: tenth.format(equal.cut) }), equal)]),
      row(say(language, 'warn.backtest.own', { cut: tenth.format(report.threshold) }), own),
    ],
    new Set([1, 2, 3]),
  );
  if (equal !== null) {
    const gain = {
      gain: points.format(100 * equal.gain),
      low: points.format(100 * equal.gainLow),
      high: points.format(100 * equal.gainHigh),
    };
    process.stdout.write(`${say(language, `warn.backtest.verdict.${equal.verdict}`, gain)}\n`);
  }
  const lead =
    own.leadDays === null
      ? ''
      : say(language, own.leadDays < 0 ? 'warn.backtest.late' : 'warn.backtest.lead', {
          days: tenth.format(Math.abs(own.leadDays)),
        });
  process.stdout.write(
    `${say(language, 'warn.backtest.load', { week: tenth.format(own.warningsAWeek * report.scale), precision: share(own.warningPrecision) })}${lead}\n\n`,
  );
}
