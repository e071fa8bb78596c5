import type { CustomerDetail, CustomerRow, ValueChange } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson, printTable, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { amountOf } from './minor-amount.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

interface Options extends ServerOptions {
  id?: boolean;
}

/** The id of the customer with a number; the search finds those that begin with it too. */
export async function idOfCustomer(client: ServerClient, customerNo: string): Promise<number> {
  const query = new URLSearchParams({ q: customerNo, limit: '200' });
  const { items } = await client.call<{ items: CustomerRow[] }>('GET', `/customers?${query.toString()}`);
  const found = items.find((row) => row.customerNo === customerNo);
  if (!found) throw new CodedError('customers.not_found');
  return found.customerId;
}

/** What changed since the run before: one line for the whole, one for each part, to the cent. */
function changeLines(
  { before, now, changeMinor, parts, between, currency }: ValueChange,
  language: Language,
): (readonly [string, string])[] {
  if (!before || !now || changeMinor === null) return [];
  const amount = (minor: number) =>
    amountOf(minor, currency, language, { currencyDisplay: 'narrowSymbol', signDisplay: 'exceptZero' });
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const lines: [string, string][] = [
    [say(language, 'customer.change'), `${amount(changeMinor)} (${before.asOf} – ${now.asOf})`],
    ...parts.map((part): [string, string] => [
      `  ${say(language, `customer.change.${part.factor}`)}`,
      `${amount(part.contributionMinor)} (${figure.format(part.before)} → ${figure.format(part.now)})`,
    ]),
  ];
  if (between) {
    lines.push([say(language, 'customer.change.orderDays'), figure.format(between.newOrderDays)]);
  }
  return lines;
}

function printCustomer(customer: CustomerDetail, change: ValueChange, language: Language): void {
  const money = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const { score } = customer;
  const lines: (readonly [string, string | null | undefined])[] = [
    [say(language, 'customer.number'), customer.customerNo],
    [say(language, 'customer.name'), customer.name],
    [say(language, 'customer.parent'), customer.parentName],
    [say(language, 'customer.owner'), customer.ownerName],
    [say(language, 'customer.region'), customer.region],
    [say(language, 'customer.industry'), customer.industry],
    [say(language, 'customer.orders'), score && String(score.orders)],
    [say(language, 'customer.lastOrder'), score?.lastOrderOn],
    [say(language, 'customer.alive'), score?.pAlive === null ? null : score && share.format(score.pAlive)],
    [
      say(language, 'customer.clv'),
      score && `${money.format(score.clv)} (${money.format(score.clvLow)} – ${money.format(score.clvHigh)})`,
    ],
    [say(language, 'customer.asOf'), score?.asOf],
    ...changeLines(change, language),
  ];
  printTable(lines.flatMap(([label, value]) => (value ? [[label, value] as const] : [])));
}

async function showCustomer(client: ServerClient, which: string, options: Options, language: Language) {
  const id = options.id ? which : String(await idOfCustomer(client, which));
  const path = `/customers/${encodeURIComponent(id)}`;
  const customer = await client.call<CustomerDetail>('GET', path);
  const valueChange = await client.call<ValueChange>('GET', `${path}/value-change`);
  if (process.stdout.isTTY) printCustomer(customer, valueChange, language);
  else printJson({ ...customer, valueChange });
}

export function registerCustomerShow(customer: Command, language: () => Language): void {
  const command = customer
    .command('show')
    .description('one customer: who, what it is worth and why, and what changed since the last run')
    .argument('<customer>', 'the customer number')
    .option('--id', 'the argument is the id of the interface instead');
  addServerOptions(command).action((which: string, options: Options) =>
    withServer(options, language(), 'customers:read', (client) =>
      showCustomer(client, which, options, language()),
    ),
  );
}
