import { timelineKinds, type TimelineEntry } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { amountOf } from './minor-amount.js';
import { pagesOf } from './pages-of.js';

interface Options extends ServerOptions {
  kind?: string[];
  limit: string;
}

/** A summary on a terminal: its beginning. */
const shownCharacters = 60;

function wordsOf(entry: TimelineEntry, language: Language): [kind: string, text: string] {
  const amount = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  if (entry.source === 'interaction') return [entry.interaction.kind, entry.interaction.summary];
  if (entry.source === 'owner') {
    return ['owner', `${entry.owner.ownerBefore ?? '–'} → ${entry.owner.ownerAfter ?? '–'}`];
  }
  if (entry.source === 'score') return ['score', amount.format(entry.score.clv)];
  if (entry.source === 'contract')
    return ['contract', `${entry.contract.contractNo} ${entry.contract.title}`];
  if (entry.source === 'payment') {
    return ['payment', amountOf(entry.payment.amountMinor, entry.payment.currency, language)];
  }
  const { orderNo, baseAmountMinor, currency } = entry.order;
  return ['order', `${orderNo ?? ''} ${amountOf(baseAmountMinor, currency, language)}`];
}

function lineOf(entry: TimelineEntry, language: Language): string[] {
  const [kind, text] = wordsOf(entry, language);
  const characters = Array.from(text.replace(/\s+/gu, ' ').trim());
  const shown =
    characters.length > shownCharacters
      ? `${characters.slice(0, shownCharacters).join('')}…`
      : characters.join('');
  return [
    new Date(entry.at).toLocaleString(language, { dateStyle: 'short', timeStyle: 'short' }),
    kind,
    shown,
  ];
}

async function listTimeline(
  client: ServerClient,
  customerNo: string,
  options: Options,
  language: Language,
): Promise<void> {
  const limit = Number(options.limit);
  const query = new URLSearchParams();
  for (const kind of options.kind ?? []) query.append('kind', kind);
  const path = `/customers/${await idOfCustomer(client, customerNo)}/timeline?${query.toString()}&`;
  const lines: string[][] = [];
  for await (const entries of pagesOf<TimelineEntry>(client, path, limit)) {
    if (process.stdout.isTTY) lines.push(...entries.map((entry) => lineOf(entry, language)));
    else entries.forEach((entry) => printJson(entry));
  }
  if (!process.stdout.isTTY) return;
  const words = ['at', 'kind', 'text'] as const;
  printColumns([words.map((word) => say(language, `interaction.${word}`)), ...lines], new Set());
  if (lines.length === limit) note(say(language, 'customer.more', { limit: options.limit }));
}

export function registerInteractionList(interaction: Command, language: () => Language): void {
  const command = interaction
    .command('list')
    .description('everything that happened to a customer, the newest first')
    .argument('<customer>', 'number of the customer')
    .addOption(new Option('--kind <kind...>', 'only these kinds').choices([...timelineKinds]))
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(command).action((customerNo: string, options: Options) =>
    withServer(options, language(), ['interactions:read', 'customers:read', 'orders:read'], (client) =>
      listTimeline(client, customerNo, options, language()),
    ),
  );
}
