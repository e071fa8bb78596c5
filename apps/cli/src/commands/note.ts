import { noteKinds, type NoteRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { pagesOf } from './pages-of.js';

interface ListOptions extends ServerOptions {
  kind?: string[];
  limit: string;
}

interface AddOptions extends ServerOptions {
  customer: string;
  kind: string;
  detail?: string;
  on?: string;
  share?: string;
}

/** `kezi note list` and `kezi note add`: needs, plans, competitors and indirect customers. */
export function registerNote(program: Command, language: () => Language): void {
  const notes = program
    .command('note')
    .description('needs, plans, competitors and indirect customers of a customer');
  const kindOption = (flags: string) =>
    new Option(flags, 'need, plan, competitor or channel').choices([...noteKinds]);
  const list = notes
    .command('list')
    .description('the latest first')
    .argument('<customer>', 'number of the customer')
    .addOption(kindOption('--kind <kind...>'))
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(list).action((customerNo: string, options: ListOptions) =>
    withServer(options, language(), ['notes:read', 'customers:read'], async (client) => {
      const query = new URLSearchParams();
      for (const kind of options.kind ?? []) query.append('kind', kind);
      const path = `/customers/${await idOfCustomer(client, customerNo)}/notes?${query.toString()}&`;
      const lines: string[][] = [];
      for await (const rows of pagesOf<NoteRow>(client, path, Number(options.limit))) {
        if (!process.stdout.isTTY) rows.forEach((row) => printJson(row));
        else
          lines.push(
            ...rows.map((row) => [
              String(row.noteId),
              row.kind,
              row.notedOn,
              row.status,
              row.title,
              row.contactName ?? row.saidBy ?? '',
            ]),
          );
      }
      if (!process.stdout.isTTY) return;
      const words = [
        'contact.id',
        'note.kind',
        'note.day',
        'note.status',
        'contract.title',
        'note.saidBy',
      ] as const;
      printColumns([words.map((word) => say(language(), word)), ...lines], new Set([0]));
    }),
  );
  const add = notes
    .command('add')
    .description('write one down')
    .argument('<text>', 'the need, the goal, the competitor or the indirect customer')
    .requiredOption('--customer <customer>', 'number of the customer')
    .addOption(kindOption('--kind <kind>').default('need'))
    .option('--detail <text>', 'more about it')
    .option('--on <day>', 'the day of which it speaks; today when left out')
    .option('--share <percent>', 'share of the purchases, 0 to 100');
  addServerOptions(add).action((title: string, options: AddOptions) =>
    withServer(options, language(), ['notes:write', 'customers:read'], async (client) => {
      const customerId = await idOfCustomer(client, options.customer);
      printJson(
        await client.call<NoteRow>('POST', `/customers/${customerId}/notes`, {
          kind: options.kind,
          title,
          detail: options.detail,
          notedOn: options.on,
          sharePercent: options.share === undefined ? undefined : Number(options.share),
        }),
      );
    }),
  );
}
