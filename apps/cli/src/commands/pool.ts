import type { ClaimAnswer, Job, PoolCustomer, PoolRow, RecycleRule, RuleSimulation } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, printTable, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { pagesOf } from './pages-of.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

interface ListOptions extends ServerOptions, OfSegments {
  search?: string;
  limit: string;
}

async function listPools(client: ServerClient, language: Language): Promise<void> {
  const { items } = await client.call<{ items: PoolRow[] }>('GET', '/pools');
  if (!process.stdout.isTTY) {
    items.forEach((row) => printJson(row));
    return;
  }
  const words = ['id', 'team', 'customers', 'claimed', 'holding'] as const;
  const cap = (limit: number | null) => (limit === null ? '–' : String(limit));
  const lines = items.map((row) => [
    String(row.poolId),
    row.teamName,
    String(row.customers),
    `${row.claimedToday} / ${cap(row.claimsPerDay)}`,
    `${row.holding} / ${cap(row.holdingCap)}`,
  ]);
  printColumns([words.map((word) => say(language, `pool.${word}`)), ...lines], new Set([0, 2]));
}

async function listCustomers(
  client: ServerClient,
  pool: string,
  options: ListOptions,
  language: Language,
): Promise<void> {
  const query = segmentQuery(options, options.search === undefined ? {} : { q: options.search });
  const path = `/pools/${encodeURIComponent(pool)}/customers?${query.toString()}&`;
  const lines: string[][] = [];
  for await (const rows of pagesOf<PoolCustomer>(client, path, Number(options.limit))) {
    for (const row of rows) {
      if (process.stdout.isTTY) {
        lines.push([
          row.customerNo,
          row.name,
          row.clv === null ? '' : String(Math.round(row.clv)),
          row.lastOrderOn ?? '',
          row.formerOwnerName ?? '',
          row.reason ?? '',
        ]);
      } else printJson(row);
    }
  }
  if (!process.stdout.isTTY) return;
  const words = ['number', 'name', 'value', 'lastOrder', 'former', 'reason'] as const;
  printColumns([words.map((word) => say(language, `pool.${word}`)), ...lines], new Set([2]));
}

/** The number of a customer in a pool: one does not see it before it is one's own, so pools are looked through. */
async function idInPools(client: ServerClient, number: string): Promise<number> {
  const { items } = await client.call<{ items: PoolRow[] }>('GET', '/pools');
  for (const { poolId } of items) {
    const query = new URLSearchParams({ q: number });
    for await (const rows of pagesOf<PoolCustomer>(
      client,
      `/pools/${poolId}/customers?${query.toString()}&`,
      200,
    )) {
      const found = rows.find((row) => row.customerNo === number);
      if (found) return found.customerId;
    }
  }
  return idOfCustomer(client, number);
}

async function claim(client: ServerClient, number: string, language: Language): Promise<void> {
  const id = await idInPools(client, number);
  const answer = await client.call<ClaimAnswer>('POST', `/customers/${id}/claim`);
  if (process.stdout.isTTY) note(say(language, 'pool.yours', { name: answer.name }));
  else printJson(answer);
}

async function simulate(client: ServerClient, rule: string, language: Language): Promise<void> {
  const path = `/recycle-rules/${encodeURIComponent(rule)}/simulation`;
  const found = await client.call<RuleSimulation>('GET', path);
  if (!process.stdout.isTTY) {
    printJson(found);
    return;
  }
  const { dueNow, looksAt, inYear, orderedLater } = found;
  printTable([
    [say(language, 'pool.dueNow'), `${dueNow} / ${looksAt}`],
    [say(language, 'pool.inYear'), String(inYear)],
    [say(language, 'pool.orderedLater'), String(orderedLater)],
    ...found.months.map((month) => [month.month, String(month.customers)] as const),
  ]);
}

function registerRules(pool: Command, language: () => Language): void {
  addServerOptions(
    pool
      .command('rules')
      .description('rules by which customers fall into a pool')
      .argument('<pool>', 'id of the pool'),
  ).action((id: string, options: ServerOptions) =>
    withServer(options, language(), 'pools:read', async (client) => {
      const path = `/pools/${encodeURIComponent(id)}/rules`;
      const { items } = await client.call<{ items: RecycleRule[] }>('GET', path);
      items.forEach((rule) => printJson(rule));
    }),
  );
  addServerOptions(
    pool
      .command('simulate')
      .description('what a rule would take now, and would have taken in the past year')
      .argument('<rule>', 'id of the rule'),
  ).action((rule: string, options: ServerOptions) =>
    withServer(options, language(), 'pools:write', (client) => simulate(client, rule, language())),
  );
  addServerOptions(
    pool
      .command('recycle')
      .description('run the rules of a pool now, not at night')
      .argument('<pool>', 'id of the pool'),
  ).action((id: string, options: ServerOptions) =>
    withServer(options, language(), ['pools:write', 'jobs:read'], async (client) => {
      const { jobId } = await client.call<{ jobId: number }>(
        'POST',
        `/pools/${encodeURIComponent(id)}/recycle`,
      );
      const job: Job = await client.waitFor(jobId, () => undefined);
      printJson(job.result);
    }),
  );
}

export function registerPool(program: Command, language: () => Language): void {
  const pool = program.command('pool').description('public pools: customers without an owner');
  addServerOptions(pool.command('list').description('the pools that concern you')).action(
    (options: ServerOptions) =>
      withServer(options, language(), 'pools:read', (client) => listPools(client, language())),
  );
  const customers = pool
    .command('customers')
    .description('customers that wait in a pool, the most valuable first')
    .argument('<pool>', 'id of the pool')
    .option('-q, --search <text>', 'part of a name or of the number')
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addSegmentOption(customers)).action((id: string, options: ListOptions) =>
    withServer(options, language(), 'pools:read', (client) => listCustomers(client, id, options, language())),
  );
  addServerOptions(
    pool
      .command('claim')
      .description('take a customer out of a pool')
      .argument('<customer>', 'number of the customer'),
  ).action((number: string, options: ServerOptions) =>
    withServer(options, language(), ['pools:read', 'pools:claim', 'customers:read'], (client) =>
      claim(client, number, language()),
    ),
  );
  addServerOptions(
    pool
      .command('release')
      .description('give a customer back to the pool of its department')
      .argument('<customer>', 'number of the customer')
      .requiredOption('--reason <text>', 'why'),
  ).action((number: string, options: ServerOptions & { reason: string }) =>
    withServer(options, language(), ['pools:claim', 'customers:read'], async (client) => {
      const id = await idOfCustomer(client, number);
      await client.call('POST', `/customers/${id}/release`, { reason: options.reason });
      note(say(language(), 'pool.released'));
    }),
  );
  registerRules(pool, language);
}
