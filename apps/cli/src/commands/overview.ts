import type { Overview } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, printTable, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

type Options = ServerOptions & OfSegments;

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const signed = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0, signDisplay: 'exceptZero' });
const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

/** What all of them are worth, with its interval, and how far that hangs on a few. */
function printTotal(found: Overview, language: Language): void {
  const { total, run, previous, concentration, customers } = found;
  if (total === null || run === null) {
    printTable([[say(language, 'overview.customers'), whole.format(customers)]]);
    note(say(language, 'overview.none'));
    return;
  }
  printTable([
    [say(language, 'overview.asset'), `${whole.format(total.clv)} ${found.currency}`],
    [say(language, 'overview.interval'), `${whole.format(total.clvLow)} – ${whole.format(total.clvHigh)}`],
    [say(language, 'overview.valued'), `${whole.format(total.customers)} / ${whole.format(customers)}`],
    [say(language, 'overview.orders'), whole.format(total.expectedOrders)],
    [say(language, 'overview.topTenth'), percent.format(concentration.topTenPercentShare)],
    [say(language, 'overview.gini'), concentration.gini.toFixed(2)],
    [say(language, 'overview.asOf'), `${run.asOf}  ${run.modelName}`],
    ...(previous === null
      ? []
      : ([[say(language, 'overview.previous'), `${whole.format(previous.clv)}  ${previous.asOf}`]] as const)),
  ]);
}

function printParts({ movement, bySegment, total }: Overview, language: Language): void {
  const atRight = new Set([1, 2, 3]);
  const header = (first: 'movement' | 'segment', ...more: string[]): string[] => [
    say(language, `overview.${first}`),
    say(language, 'overview.customers'),
    say(language, 'overview.value'),
    ...more,
  ];
  if (movement.length > 0) {
    process.stdout.write('\n');
    const lines = movement.map(({ kind, customers, clv }) => [
      say(language, `overview.movement.${kind}`),
      whole.format(customers),
      signed.format(clv),
    ]);
    printColumns([header('movement'), ...lines], atRight);
  }
  if (bySegment.length > 0 && total !== null) {
    process.stdout.write('\n');
    const lines = bySegment.map(({ segment, customers, clv }) => [
      say(language, `overview.segment.${segment}`),
      whole.format(customers),
      whole.format(clv),
      total.clv > 0 ? percent.format(clv / total.clv) : '–',
    ]);
    printColumns([header('segment', say(language, 'overview.share')), ...lines], atRight);
  }
}

/** The overview page: what the customers whom one sees are worth together. A program gets all of it as one line. */
export function registerOverview(program: Command, language: () => Language): void {
  const command = program
    .command('overview')
    .description('what the customers are worth together: total, concentration, segments, movement');
  addServerOptions(addSegmentOption(command)).action((options: Options) =>
    withServer(options, language(), 'overview:read', async (client) => {
      const found = await client.call<Overview>('GET', `/overview?${segmentQuery(options).toString()}`);
      if (!process.stdout.isTTY) return printJson(found);
      printTotal(found, language());
      printParts(found, language());
    }),
  );
}
