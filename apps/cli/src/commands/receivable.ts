import { receivableStates, type PaymentRow, type ReceivableRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { amountOf } from './minor-amount.js';
import { pagesOf } from './pages-of.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';
import { printItems } from './server-command.js';

interface ListOptions extends ServerOptions, OfSegments {
  customer?: string;
  state?: string[];
  limit: string;
}

interface PayOptions extends ServerOptions {
  customer: string;
  on: string;
  currency?: string;
  number?: string;
}

async function listReceivables(client: ServerClient, options: ListOptions, language: Language) {
  const limit = Number(options.limit);
  const query = segmentQuery(options);
  for (const state of options.state ?? []) query.append('state', state);
  const start =
    options.customer === undefined
      ? '/receivables'
      : `/customers/${await idOfCustomer(client, options.customer)}/receivables`;
  const lines: string[][] = [];
  for await (const rows of pagesOf<ReceivableRow>(client, `${start}?${query.toString()}&`, limit)) {
    if (!process.stdout.isTTY) {
      rows.forEach((row) => printJson(row));
      continue;
    }
    for (const row of rows) {
      lines.push([
        String(row.receivableId),
        row.title,
        row.customerName,
        row.dueOn,
        row.overdueDays === 0 ? '' : String(row.overdueDays),
        amountOf(row.amountMinor, row.currency, language),
        amountOf(row.amountMinor - row.receivedMinor, row.currency, language),
      ]);
    }
  }
  if (!process.stdout.isTTY) return;
  const words = [
    'contact.id',
    'contract.title',
    'contact.customer',
    'receivable.dueOn',
    'receivable.overdueDays',
    'contract.amount',
    'receivable.open',
  ] as const;
  printColumns([words.map((word) => say(language, word)), ...lines], new Set([0, 4, 5, 6]));
  if (lines.length === limit) note(say(language, 'customer.more', { limit: options.limit }));
}

/** `kezi receivable list`, `kezi payment list` and `kezi payment create`. */
export function registerReceivable(program: Command, language: () => Language): void {
  const list = program
    .command('receivable')
    .description('what customers owe')
    .command('list')
    .description('the earliest due first: a table on a terminal, one JSON object a line on a pipe')
    .option('--customer <customer>', 'those of the customer with this number')
    .addOption(new Option('--state <state...>', 'only those in this state').choices([...receivableStates]))
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addSegmentOption(list)).action((options: ListOptions) =>
    withServer(options, language(), ['payments:read', 'customers:read'], (client) =>
      listReceivables(client, options, language()),
    ),
  );
  registerPayment(program, language);
}

interface PaymentsOptions extends ServerOptions, OfSegments {
  customer?: string;
  limit: string;
}

async function listPayments(client: ServerClient, options: PaymentsOptions, language: Language) {
  const limit = Number(options.limit);
  const start =
    options.customer === undefined
      ? '/payments'
      : `/customers/${await idOfCustomer(client, options.customer)}/payments`;
  const items: PaymentRow[] = [];
  const path = `${start}?${segmentQuery(options).toString()}&`;
  for await (const rows of pagesOf<PaymentRow>(client, path, limit)) items.push(...rows);
  printItems(
    items,
    [
      ['contact.id', (row) => row.paymentId],
      ['contract.number', (row) => row.paymentNo],
      ['contact.customer', (row) => row.customerName],
      ['payment.receivedOn', (row) => row.receivedOn],
      ['contract.amount', (row) => amountOf(row.amountMinor, row.currency, language)],
    ],
    language,
  );
  if (process.stdout.isTTY && items.length === limit) {
    note(say(language, 'customer.more', { limit: options.limit }));
  }
}

function registerPayment(program: Command, language: () => Language): void {
  const payment = program.command('payment').description('what customers have paid');
  const list = payment
    .command('list')
    .description('the latest first: a table on a terminal, one JSON object a line on a pipe')
    .option('--customer <customer>', 'those of the customer with this number')
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addSegmentOption(list)).action((options: PaymentsOptions) =>
    withServer(options, language(), ['payments:read', 'customers:read'], (client) =>
      listPayments(client, options, language()),
    ),
  );
  const pay = payment
    .command('create')
    .description('book a payment; it pays the receivables that were due first')
    .argument('<number>', 'amount in minor units (cents)')
    .requiredOption('--customer <customer>', 'number of the customer')
    .requiredOption('--on <day>', 'when it came in')
    .option('--currency <code>', 'three letters; the base currency when left out')
    .option('--number <text>', 'number of the payment');
  addServerOptions(pay).action((minor: string, options: PayOptions) =>
    withServer(options, language(), ['payments:write', 'customers:read'], async (client) => {
      const customerId = await idOfCustomer(client, options.customer);
      printJson(
        await client.call<PaymentRow>('POST', `/customers/${customerId}/payments`, {
          amountMinor: Number(minor),
          receivedOn: options.on,
          currency: options.currency,
          paymentNo: options.number,
        }),
      );
    }),
  );
}
