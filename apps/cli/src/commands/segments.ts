import {
  clusterFeatures,
  type ClusterRun,
  type RfmGrid,
  type CustomerRow,
  type Permission,
  type Segment,
  type SegmentCount,
} from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { jsonIn } from './json-file.js';
import { awaitJob, commandsOf, printDone, printItems, type AddCommand } from './server-command.js';

const reads: Permission[] = ['segments:read', 'customers:read', 'jobs:read'];
const writes: Permission[] = [...reads, 'segments:write', 'segments:cluster'];

const figureOf = (language: Language, value: number | null) =>
  value === null ? '–' : new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);

const printSegments = (items: readonly Segment[], language: Language) =>
  printItems(
    items,
    [
      ['segments.segmentId', (item) => item.segmentId],
      ['segments.name', (item) => item.name],
      ['segments.kind', (item) => say(language, `segments.${item.kind}`)],
      ['segments.frozenOn', (item) => item.frozenOn],
      ['segments.madeBy', (item) => item.createdByName],
    ],
    language,
  );

function printCount(count: SegmentCount, language: Language): void {
  if (!process.stdout.isTTY) return printJson(count);
  printColumns(
    [
      [say(language, 'tiers.customers'), say(language, 'tiers.value')],
      [figureOf(language, count.customers), figureOf(language, count.clv)],
    ],
    new Set([0, 1]),
  );
}

function printClusters(run: ClusterRun, language: Language): void {
  if (!process.stdout.isTTY) return printJson(run);
  printColumns(
    [
      (['segmentId', 'name', 'portrait'] as const).map((word) => say(language, `segments.${word}`)),
      ...run.portraits.map(({ segmentId, name, portrait }) => [String(segmentId), name, portrait]),
    ],
    new Set([0]),
  );
}

/** What is to be other than it is. */
interface Changes extends ServerOptions {
  name?: string;
  note?: string;
  rule?: string;
  share?: boolean;
}

async function edit(client: ServerClient, id: string, { note: text, name, rule, share }: Changes) {
  const { rowVersion } = await client.call<Segment>('GET', `/segments/${id}`);
  return client.call<Segment>('PATCH', `/segments/${id}`, {
    ...(name === undefined ? {} : { name }),
    ...(text === undefined ? {} : { note: text === '' ? null : text }),
    ...(rule === undefined ? {} : { rule: await jsonIn(rule) }),
    ...(share === undefined ? {} : { isShared: share }),
    rowVersion,
  });
}

async function cluster(client: ServerClient, features: string[], clusters: number | undefined) {
  const run = await client.call<ClusterRun>('POST', '/segments/clusters', {
    features,
    ...(clusters === undefined ? {} : { clusters }),
  });
  await awaitJob(client, run.jobId);
  return client.call<ClusterRun>('GET', `/segments/clusters/${run.clusterRunId}`);
}

/** `kezi segments ...`: looks, a new one, changes, members, groups by recency, orders and amount, clusters. */
export function registerSegments(program: Command, language: () => Language): void {
  const segments = program.command('segments').description('group customers by rules and by likeness');
  const add = commandsOf(language);
  add(
    segments.command('list').description('your segments and those shared with you'),
    reads,
    async (client) =>
      printSegments((await client.call<{ items: Segment[] }>('GET', '/segments')).items, language()),
  );
  add(
    segments
      .command('count')
      .description('its members among the customers you see')
      .argument('<segment>', 'id of the segment'),
    reads,
    async (client, _options, id) =>
      printCount(await client.call<SegmentCount>('GET', `/segments/${id}/count`), language()),
  );
  registerMembers(segments, add, language);
  registerChanges(segments, add, language);
  registerRfm(segments, add, language);
}

function registerMembers(segments: Command, add: AddCommand, language: () => Language): void {
  add<ServerOptions & { limit: string }>(
    segments
      .command('members')
      .description('its most valuable members, one line of JSON each')
      .argument('<segment>', 'id of the segment')
      .option('--limit <rows>', 'at most so many', '50'),
    reads,
    async (client, { limit }, id) => {
      const page = await client.call<{ items: CustomerRow[] }>(
        'GET',
        `/customers?segmentId=${id}&limit=${limit}`,
      );
      for (const row of page.items) printJson(row);
    },
  );
  add(
    segments
      .command('create')
      .description('keep a segment written in a JSON file')
      .argument('<file>', 'name, rule, and kind, note or isShared'),
    writes,
    async (client, _options, file = '') =>
      printSegments([await client.call<Segment>('POST', '/segments', await jsonIn(file))], language()),
  );
  add<ServerOptions & { name: string }>(
    segments
      .command('freeze')
      .description('keep its members of today as a static segment')
      .argument('<segment>', 'id of the segment')
      .requiredOption('--name <name>', 'of the static segment'),
    writes,
    async (client, { name }, id) =>
      printSegments([await client.call<Segment>('POST', `/segments/${id}/freeze`, { name })], language()),
  );
  add<ServerOptions & { by: string; clusters?: string }>(
    segments
      .command('cluster')
      .description('cluster all customers by k-means; each cluster is kept as a static segment')
      .option('--by <figures>', `some of ${clusterFeatures.join(', ')}`, 'recencyDays,orders12m,averageOrder')
      .option('--clusters <number>', 'how many; by silhouette when left out'),
    writes,
    async (client, { by, clusters }) =>
      printClusters(
        await cluster(client, by.split(','), clusters === undefined ? undefined : Number(clusters)),
        language(),
      ),
  );
}

function registerChanges(segments: Command, add: AddCommand, language: () => Language): void {
  add<Changes>(
    segments
      .command('edit')
      .description('change a segment of yours')
      .argument('<segment>', 'id of the segment')
      .option('--name <name>', 'another name')
      .option('--note <text>', 'another note; empty for none')
      .option('--rule <file>', 'another rule, in a JSON file')
      .option('--share', 'with everybody')
      .option('--no-share', 'with nobody'),
    writes,
    async (client, changes, id = '') => printSegments([await edit(client, id, changes)], language()),
  );
  add(
    segments
      .command('delete')
      .description('delete a segment of yours; its customers stay')
      .argument('<segment>', 'id of the segment'),
    writes,
    async (client, _options, id) => {
      printDone(await client.call('DELETE', `/segments/${id}`), say(language(), 'segments.deleted'));
    },
  );
}

interface Cuts extends ServerOptions {
  recency?: string;
  orders?: string;
  amount?: string;
}

/** All three cuts, or the middles of the customers. @throws CodedError cli.cuts_incomplete */
function cutsOf({ recency, orders, amount }: Cuts) {
  const given = [recency, orders, amount];
  if (given.every((one) => one === undefined)) return {};
  if (given.some((one) => one === undefined)) throw new CodedError('cli.cuts_incomplete');
  return { cuts: { recencyDays: Number(recency), orders: Number(orders), amount: Number(amount) } };
}

function registerRfm(segments: Command, add: AddCommand, language: () => Language): void {
  add<Cuts>(
    segments
      .command('rfm')
      .description('the eight groups by recency, orders and amount; cut at the middles when no cut is given')
      .option('--recency <number>', 'at most so many days since the last order counts as recent')
      .option('--orders <number>', 'from so many orders on counts as often')
      .option('--amount <amount>', 'from so much an order on counts as much'),
    reads,
    async (client, options) => {
      const grid = await client.call<RfmGrid>('POST', '/segments/rfm', cutsOf(options));
      if (!process.stdout.isTTY) return printJson(grid);
      printColumns(
        [
          [
            say(language(), 'segments.group'),
            say(language(), 'tiers.customers'),
            say(language(), 'tiers.value'),
          ],
          ...grid.groups.map(({ group, customers, clv }) => [
            group,
            figureOf(language(), customers),
            figureOf(language(), clv),
          ]),
        ],
        new Set([1, 2]),
      );
      const { recencyDays, orders, amount } = grid.cuts;
      note(say(language(), 'segments.cuts', { recencyDays, orders, amount }));
    },
  );
}
