import type { CustomerGroup, GroupMember } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, printTable, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { amountOf } from './minor-amount.js';
import { pagesOf } from './pages-of.js';

interface Options extends ServerOptions {
  moveTo?: string;
  moveOut?: boolean;
  effectiveOn?: string;
  limit: string;
}

async function moved(client: ServerClient, customerId: number, options: Options): Promise<CustomerGroup> {
  const path = `/customers/${customerId}`;
  const group = await client.call<CustomerGroup>('GET', `${path}/group`);
  if (options.moveTo === undefined && !options.moveOut) return group;
  return client.call<CustomerGroup>('POST', `${path}/move`, {
    parentCustomerId: options.moveTo === undefined ? null : await idOfCustomer(client, options.moveTo),
    fromParentCustomerId: group.parentCustomerId,
    ...(options.effectiveOn === undefined ? {} : { effectiveOn: options.effectiveOn }),
  });
}

function printGroup(group: CustomerGroup, language: Language): void {
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const amount = (minor: number) => amountOf(minor, group.currency, language);
  const { totals } = group;
  const hidden = group.isHiddenAbove ? `${say(language, 'group.hiddenAbove')} › ` : '';
  printTable([
    [say(language, 'group.path'), hidden + group.path.map(({ name }) => name).join(' › ')],
    [say(language, 'group.customers'), figure.format(totals.customers)],
    [say(language, 'group.value'), totals.clv === null ? '—' : figure.format(totals.clv)],
    [say(language, 'group.orders'), figure.format(totals.orders)],
    [say(language, 'group.spend'), amount(totals.spendMinor)],
    [say(language, 'group.spendYear'), amount(totals.spendYearMinor)],
  ]);
}

function lineOf(member: GroupMember, figure: Intl.NumberFormat): string[] {
  return [
    member.customerNo,
    member.name,
    member.ownerName ?? '',
    member.clv === null ? '' : figure.format(member.clv),
    member.subsidiaries === 0 ? '' : figure.format(member.subsidiaries),
    member.sinceOn ?? '',
  ];
}

async function showGroup(client: ServerClient, customerNo: string, options: Options, language: Language) {
  const customerId = await idOfCustomer(client, customerNo);
  const group = await moved(client, customerId, options);
  const limit = Number(options.limit);
  const members: GroupMember[] = [];
  const path = `/customers/${customerId}/group/members?`;
  for await (const rows of pagesOf<GroupMember>(client, path, limit)) members.push(...rows);
  if (!process.stdout.isTTY) {
    printJson({ ...group, members });
    return;
  }
  printGroup(group, language);
  if (members.length === 0) return;
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const head = [
    'customer.number',
    'customer.name',
    'customer.owner',
    'group.value',
    'group.below',
    'group.since',
  ] as const;
  process.stdout.write('\n');
  printColumns(
    [head.map((word) => say(language, word)), ...members.map((member) => lineOf(member, figure))],
    new Set([3, 4]),
  );
  if (members.length === limit) note(say(language, 'customer.more', { limit: options.limit }));
}

export function registerCustomerGroup(customer: Command, language: () => Language): void {
  const command = customer
    .command('group')
    .description('where a customer stands in its group, what the group is worth, and who stands below')
    .argument('<customer>', 'the customer number')
    .option('--move-to <customer>', 'put it below the customer with this number first')
    .option('--move-out', 'let it have no parent first')
    .option('--effective-on <day>', 'since when the move holds; today when left out')
    .option('--limit <rows>', 'at most so many of those below', '50');
  addServerOptions(command).action((customerNo: string, options: Options) =>
    withServer(options, language(), ['customers:read', 'customers:write'], (client) =>
      showGroup(client, customerNo, options, language()),
    ),
  );
}
