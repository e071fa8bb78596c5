import { readFile } from 'node:fs/promises';
import {
  clusterFeatures,
  segmentInput,
  type ClusterRun,
  type CustomerRow,
  type Permission,
  type Segment,
  type SegmentCount,
} from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { awaitJob, commandsOf, printItems, type AddCommand } from './server-command.js';

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

/** A segment as JSON: `name`, `rule`, and `kind`, `note`, `isShared` where wanted. */
async function inputIn(file: string) {
  const read = segmentInput.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!read.success) throw new CodedError('cli.definition_invalid', { file });
  return read.data;
}

async function cluster(client: ServerClient, features: string[], clusters: number | undefined) {
  const run = await client.call<ClusterRun>('POST', '/segments/clusters', {
    features,
    ...(clusters === undefined ? {} : { clusters }),
  });
  await awaitJob(client, run.jobId);
  return client.call<ClusterRun>('GET', `/segments/clusters/${run.clusterRunId}`);
}

/** `kezi segments ...`: looks, a new one, members, clusters. */
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
      printSegments([await client.call<Segment>('POST', '/segments', await inputIn(file))], language()),
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
