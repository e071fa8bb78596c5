import {
  warningStatuses,
  type DetectorRow,
  type FoldedRow,
  type WarningPage,
  type WarningRow,
  type WarningStatus,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { detectorNames } from './detector-names.js';
import { pagesOf } from './pages-of.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

interface Options extends ServerOptions, OfSegments {
  status: WarningStatus[];
  detector?: string[];
  limit: string;
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function lineOf(row: WarningRow, name: (detectorId: string) => string, language: Language): string[] {
  return [
    String(row.warningId),
    row.customerName,
    name(row.detectorId),
    say(language, `warn.status.${row.status}`),
    whole.format(row.valueAtRisk),
    row.score.toFixed(2),
    row.dueOn,
    row.ownerName ?? '',
  ];
}

export function registerWarnList(warn: Command, language: () => Language): void {
  const command = warn
    .command('list')
    .description('warnings, the most valuable first: a table on a terminal, one JSON object a line on a pipe')
    .addOption(
      new Option('--status <status...>', 'in one of these states')
        .choices([...warningStatuses])
        .default(['open']),
    )
    .option('--detector <name...>', 'by one of these detectors')
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addSegmentOption(command)).action((options: Options) =>
    withServer(options, language(), 'alerts:read', async (client) => {
      const limit = Number(options.limit);
      const query = segmentQuery(options);
      for (const status of options.status) query.append('status', status);
      for (const detector of options.detector ?? []) query.append('detector', detector);
      const found: WarningRow[] = [];
      for await (const rows of pagesOf<WarningRow>(client, `/warnings?${query.toString()}&`, limit)) {
        if (process.stdout.isTTY) found.push(...rows);
        else rows.forEach((row) => printJson(row));
      }
      if (!process.stdout.isTTY) return;
      const name = await detectorNames(client, language());
      const lines = found.map((row) => lineOf(row, name, language()));
      const words = ['id', 'customer', 'detector', 'status', 'atRisk', 'score', 'due', 'owner'] as const;
      const header = words.map((word) => say(language(), `warn.column.${word}`));
      printColumns([header, ...lines], new Set([0, 4, 5]));
      if (lines.length === limit) note(say(language(), 'customer.more', { limit: options.limit }));
      const { folded, asOf, isValued } = await client.call<WarningPage>('GET', '/warnings?limit=1');
      if (asOf === null) note(say(language(), isValued ? 'warn.notChecked' : 'warn.notValued'));
      for (const { detectorId, count } of folded) {
        note(say(language(), 'warn.folded', { name: name(detectorId), count, detector: detectorId }));
      }
    }),
  );
}

export function registerWarnFolded(warn: Command, language: () => Language): void {
  const command = warn
    .command('folded')
    .description('the customers behind warnings that were summed up, the most valuable first')
    .argument('<detector>', 'id of the detector (kezi warn detectors)')
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addSegmentOption(command)).action(
    (detectorId: string, options: ServerOptions & OfSegments & { limit: string }) =>
      withServer(options, language(), 'alerts:read', async (client) => {
        const limit = Number(options.limit);
        const path = `/detectors/${encodeURIComponent(detectorId)}/folded?${segmentQuery(options).toString()}&`;
        const lines: string[][] = [];
        for await (const rows of pagesOf<FoldedRow>(client, path, limit)) {
          if (!process.stdout.isTTY) rows.forEach((row) => printJson(row));
          for (const { customerId, customerName, valueAtRisk, score, ownerName } of rows) {
            const figures = [whole.format(valueAtRisk), score.toFixed(2)];
            lines.push([String(customerId), customerName, ...figures, ownerName ?? '']);
          }
        }
        if (!process.stdout.isTTY) return;
        const words = ['id', 'customer', 'atRisk', 'score', 'owner'] as const;
        const header = words.map((word) => say(language(), `warn.column.${word}`));
        printColumns([header, ...lines], new Set([0, 2, 3]));
        if (lines.length === limit) note(say(language(), 'customer.more', { limit: options.limit }));
      }),
  );
}

export function registerWarnDetectors(warn: Command, language: () => Language): void {
  const command = warn.command('detectors').description('detectors, how they are set and how they did');
  addServerOptions(command).action((options: ServerOptions) =>
    withServer(options, language(), 'alerts:read', async (client) => {
      const { items } = await client.call<{ items: DetectorRow[] }>('GET', '/detectors');
      if (!process.stdout.isTTY) {
        items.forEach((row) => printJson(row));
        return;
      }
      const words = [
        'id',
        'detector',
        'isOn',
        'threshold',
        'open',
        'handled',
        'falseAlarms',
        'precision',
      ] as const;
      const lines = items.map((row) => [
        row.detectorId,
        row.name[language()],
        row.isOn ? '✓' : '–',
        String(row.threshold),
        String(row.open),
        String(row.handled),
        String(row.falseAlarms),
        row.precision === null ? '–' : `${Math.round(100 * row.precision)} %`,
      ]);
      const header = words.map((word) => say(language(), `warn.column.${word}`));
      printColumns([header, ...lines], new Set([3, 4, 5, 6, 7]));
    }),
  );
}
