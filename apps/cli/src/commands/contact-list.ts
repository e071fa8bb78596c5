import { decisionRoles, type ContactRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { pagesOf } from './pages-of.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

interface Options extends ServerOptions, OfSegments {
  customer?: string;
  search?: string;
  role?: string[];
  limit: string;
}

/** The people at one customer, or those of all customers that are sought. */
async function pathOf(client: ServerClient, options: Options): Promise<string> {
  if (options.customer !== undefined) {
    return `/customers/${await idOfCustomer(client, options.customer)}/contacts?`;
  }
  const query = segmentQuery(options);
  if (options.search !== undefined) query.set('q', options.search);
  for (const role of options.role ?? []) query.append('decisionRole', role);
  return `/contacts?${query.toString()}&`;
}

function lineOf(row: ContactRow): string[] {
  return [
    String(row.contactId),
    row.name,
    row.title ?? '',
    row.customerName,
    row.decisionRole ?? '',
    row.influence === null ? '' : String(row.influence),
    row.attitude === null ? '' : String(row.attitude),
    row.phones[0] ?? row.mails[0] ?? '',
  ];
}

async function listContacts(client: ServerClient, options: Options, language: Language): Promise<void> {
  const limit = Number(options.limit);
  const lines: string[][] = [];
  for await (const rows of pagesOf<ContactRow>(client, await pathOf(client, options), limit)) {
    if (process.stdout.isTTY) lines.push(...rows.map(lineOf));
    else rows.forEach((row) => printJson(row));
  }
  if (!process.stdout.isTTY) return;
  const words = ['id', 'name', 'title', 'customer', 'role', 'influence', 'attitude', 'reach'] as const;
  printColumns([words.map((word) => say(language, `contact.${word}`)), ...lines], new Set([0, 5, 6]));
  if (lines.length === limit) note(say(language, 'customer.more', { limit: options.limit }));
}

export function registerContactList(contact: Command, language: () => Language): void {
  const command = contact
    .command('list')
    .description(
      'people at customers: a table on a terminal, one JSON object a line on a pipe; numbers are masked',
    )
    .option('--customer <customer>', 'those of the customer with this number')
    .option(
      '-q, --search <text>',
      'part of a name (Chinese, pinyin, initials), a whole number or its last four digits',
    )
    .addOption(new Option('--role <role...>', 'one of these roles in decisions').choices([...decisionRoles]))
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addSegmentOption(command)).action((options: Options) =>
    withServer(options, language(), ['contacts:read', 'customers:read'], (client) =>
      listContacts(client, options, language()),
    ),
  );
}
