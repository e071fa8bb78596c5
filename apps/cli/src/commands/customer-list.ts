import type { CustomerRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import {
  addFilterOptions,
  addServerOptions,
  filterQuery,
  withServer,
  type FilterOptions,
  type ServerOptions,
} from './customer-server.js';

interface Options extends FilterOptions, ServerOptions {
  limit: string;
}

interface Page {
  items: CustomerRow[];
  nextCursor: string | null;
}

/** What the server gives at most in a page. */
const largestPage = 200;

/** The rows of the register, page by page, up to the limit. */
async function* rowsOf(client: ServerClient, options: Options): AsyncGenerator<CustomerRow[]> {
  const query = filterQuery(options);
  let left = Number(options.limit);
  while (left > 0) {
    query.set('limit', String(Math.min(left, largestPage)));
    const page = await client.call<Page>('GET', `/customers?${query.toString()}`);
    yield page.items;
    left -= page.items.length;
    if (page.nextCursor === null) return;
    query.set('cursor', page.nextCursor);
  }
}

function lineOf(row: CustomerRow, language: Language): string[] {
  const money = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  return [
    row.customerNo,
    row.name,
    row.region ?? '',
    row.industry ?? '',
    row.orders === null ? '' : String(row.orders),
    row.lastOrderOn ?? '',
    row.pAlive === null ? '' : share.format(row.pAlive),
    row.clv === null ? '' : money.format(row.clv),
  ];
}

/** A table for people; one JSON object a line for programs, written as it comes. */
async function listCustomers(client: ServerClient, options: Options, language: Language): Promise<void> {
  const lines: string[][] = [];
  for await (const rows of rowsOf(client, options)) {
    if (process.stdout.isTTY) lines.push(...rows.map((row) => lineOf(row, language)));
    else rows.forEach((row) => printJson(row));
  }
  if (!process.stdout.isTTY) return;
  const words = ['number', 'name', 'region', 'industry', 'orders', 'lastOrder', 'alive', 'clv'] as const;
  const header = words.map((word) => say(language, `customer.${word}`));
  printColumns([header, ...lines], new Set([4, 6, 7]));
  if (lines.length === Number(options.limit)) note(say(language, 'customer.more', { limit: options.limit }));
}

export function registerCustomerList(customer: Command, language: () => Language): void {
  const command = customer
    .command('list')
    .description('customers of the register: a table on a terminal, one JSON object a line on a pipe');
  addServerOptions(addFilterOptions(command))
    .option('--limit <rows>', 'at most so many', '50')
    .action((options: Options) =>
      withServer(options, language(), 'customers:read', (client) =>
        listCustomers(client, options, language()),
      ),
    );
}
