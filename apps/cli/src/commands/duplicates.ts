import type { DuplicatePair, DuplicateSearch, Job } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { pagesOf } from './pages-of.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

interface ListOptions extends ServerOptions, OfSegments {
  search?: boolean;
  dismissed?: boolean;
  limit: string;
}

/** Searches all customers, and says what was found and what was left out. */
async function searchAll(client: ServerClient, language: Language): Promise<void> {
  const { jobId } = await client.call<{ jobId: number }>('POST', '/duplicates/search');
  await client.waitFor(jobId, (_job: Job) => undefined);
  const { latest } = await client.call<DuplicateSearch>('GET', '/duplicates/search');
  if (!latest) return;
  const { customers, pairs, likely, crowdedKeys, seconds } = latest;
  note(say(language, 'duplicates.searched', { customers, pairs, likely, seconds: seconds.toFixed(1) }));
  if (crowdedKeys > 0) note(say(language, 'duplicates.crowded', { count: crowdedKeys }));
}

const lineOf = ({ a, b, score, reasons }: DuplicatePair) => [
  score.toFixed(2),
  a.customerNo,
  a.name,
  b.customerNo,
  b.name,
  reasons.join(', '),
];

async function listPairs(client: ServerClient, options: ListOptions, language: Language): Promise<void> {
  if (options.search) await searchAll(client, language);
  const query = segmentQuery(options, { status: options.dismissed ? 'dismissed' : 'open' });
  const lines: string[][] = [];
  for await (const pairs of pagesOf<DuplicatePair>(
    client,
    `/duplicates?${query.toString()}&`,
    Number(options.limit),
  )) {
    if (process.stdout.isTTY) lines.push(...pairs.map(lineOf));
    else pairs.forEach((pair) => printJson(pair));
  }
  if (!process.stdout.isTTY) return;
  const number = say(language, 'customer.number');
  const name = say(language, 'customer.name');
  const header = [
    say(language, 'duplicates.score'),
    number,
    name,
    number,
    name,
    say(language, 'duplicates.why'),
  ];
  printColumns([header, ...lines], new Set([0]));
}

/** `kezi duplicates`, and `kezi duplicates dismiss`. */
export function registerDuplicates(program: Command, language: () => Language): void {
  const duplicates = program
    .command('duplicates')
    .description(
      'pairs of customers that may be one: a table on a terminal, one JSON object a line on a pipe',
    )
    .option('--search', 'compare all customers first')
    .option('--dismissed', 'pairs that somebody said are two customers')
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addSegmentOption(duplicates)).action((options: ListOptions) =>
    withServer(options, language(), ['customers:read', 'duplicates:search', 'jobs:read'], (client) =>
      listPairs(client, options, language()),
    ),
  );
  const dismiss = duplicates
    .command('dismiss')
    .description('say that a pair is two customers')
    .argument('<customer>', 'number of the one')
    .argument('<other>', 'number of the other');
  addServerOptions(dismiss).action((one: string, other: string, _options: ServerOptions, command: Command) =>
    withServer(
      command.optsWithGlobals(),
      language(),
      ['customers:read', 'customers:write'],
      async (client) => {
        await client.call('POST', '/duplicates/dismiss', {
          customerId: await idOfCustomer(client, one),
          otherCustomerId: await idOfCustomer(client, other),
        });
      },
    ),
  );
}
