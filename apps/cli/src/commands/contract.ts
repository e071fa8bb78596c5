import { contractStages, type ContractRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { amountOf } from './minor-amount.js';
import { pagesOf } from './pages-of.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

interface ListOptions extends ServerOptions, OfSegments {
  customer?: string;
  search?: string;
  stage?: string[];
  limit: string;
}

interface CreateOptions extends ServerOptions {
  customer: string;
  title: string;
  from: string;
  until?: string;
  currency?: string;
  amountMinor?: string;
  minimumMinor?: string;
}

async function pathOf(client: ServerClient, options: ListOptions): Promise<string> {
  const query = segmentQuery(options);
  if (options.search !== undefined) query.set('q', options.search);
  for (const stage of options.stage ?? []) query.append('stage', stage);
  const start =
    options.customer === undefined
      ? '/contracts'
      : `/customers/${await idOfCustomer(client, options.customer)}/contracts`;
  return `${start}?${query.toString()}&`;
}

function lineOf(row: ContractRow, language: Language): string[] {
  const money = (minor: number | null) => (minor === null ? '' : amountOf(minor, row.currency, language));
  return [
    String(row.contractId),
    row.contractNo,
    row.title,
    row.customerName,
    say(language, `contract.stage.${row.stage}`),
    row.endsOn ?? '',
    money(row.amountMinor),
    money(row.minimumMinor),
    money(row.boughtMinor),
  ];
}

async function listContracts(client: ServerClient, options: ListOptions, language: Language): Promise<void> {
  const limit = Number(options.limit);
  const lines: string[][] = [];
  for await (const rows of pagesOf<ContractRow>(client, await pathOf(client, options), limit)) {
    if (process.stdout.isTTY) lines.push(...rows.map((row) => lineOf(row, language)));
    else rows.forEach((row) => printJson(row));
  }
  if (!process.stdout.isTTY) return;
  const words = [
    'contact.id',
    'contract.number',
    'contract.title',
    'contact.customer',
    'contract.stage',
    'contract.endsOn',
    'contract.amount',
    'contract.minimum',
    'contract.bought',
  ] as const;
  printColumns([words.map((word) => say(language, word)), ...lines], new Set([0, 6, 7, 8]));
  if (lines.length === limit) note(say(language, 'customer.more', { limit: options.limit }));
}

/** `kezi contract list` and `kezi contract create`. */
export function registerContract(program: Command, language: () => Language): void {
  const contract = program.command('contract').description('contracts with customers');
  const list = contract
    .command('list')
    .description('by the day on which they end: a table on a terminal, one JSON object a line on a pipe')
    .option('--customer <customer>', 'those of the customer with this number')
    .option('-q, --search <text>', 'part of the number, the title or the name of the customer')
    .addOption(new Option('--stage <stage...>', 'only those that stand so').choices([...contractStages]))
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addSegmentOption(list)).action((options: ListOptions) =>
    withServer(options, language(), ['contracts:read', 'customers:read'], (client) =>
      listContracts(client, options, language()),
    ),
  );
  const create = contract
    .command('create')
    .description('add a contract to a customer')
    .argument('<contract>', 'number of the contract')
    .requiredOption('--customer <customer>', 'number of the customer')
    .requiredOption('--title <text>', 'what it is about')
    .requiredOption('--from <day>', 'its first day')
    .option('--until <day>', 'its last day; without an end when left out')
    .option('--currency <code>', 'three letters; the base currency when left out')
    .option('--amount-minor <number>', 'amount in minor units (cents)')
    .option('--minimum-minor <number>', 'promised purchases in minor units');
  addServerOptions(create).action((contractNo: string, options: CreateOptions) =>
    withServer(options, language(), ['contracts:write', 'customers:read'], async (client) => {
      const customerId = await idOfCustomer(client, options.customer);
      const made = await client.call<ContractRow>('POST', `/customers/${customerId}/contracts`, {
        contractNo,
        title: options.title,
        startsOn: options.from,
        endsOn: options.until ?? null,
        currency: options.currency,
        amountMinor: options.amountMinor === undefined ? undefined : Number(options.amountMinor),
        minimumMinor: options.minimumMinor === undefined ? undefined : Number(options.minimumMinor),
      });
      printJson(made);
    }),
  );
}
