import type { MergeDone, MergePreview, MergeUndone } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';

interface MergeOptions extends ServerOptions {
  yes?: boolean;
}

function printPreview({ fields, rows }: MergePreview, language: Language): void {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const header = ['field', 'remaining', 'merged', 'kept'] as const;
  printColumns(
    [
      header.map((word) => say(language, `merge.${word}`)),
      ...fields.map(({ field, remaining, merged, choice }) => [
        field,
        text(remaining),
        text(merged),
        say(language, `merge.${choice}`),
      ]),
    ],
    new Set(),
  );
  for (const { table, count } of rows) note(`${table}: ${count}`);
}

/** Shows what a merge would do; with --yes it is done. */
export function registerCustomerMerge(customer: Command, language: () => Language): void {
  const command = customer
    .command('merge')
    .description('merge one customer into another; without --yes only shows what would happen')
    .argument('<remaining>', 'number of the customer that remains')
    .argument('<merged>', 'number of the one that goes into it')
    .option('--yes', 'do it');
  addServerOptions(command).action((remaining: string, merged: string, options: MergeOptions) =>
    withServer(options, language(), ['customers:read', 'customers:merge'], async (client) => {
      const remainingId = await idOfCustomer(client, remaining);
      const mergedId = await idOfCustomer(client, merged);
      const preview = await client.call<MergePreview>(
        'GET',
        `/customers/${remainingId}/merge?mergedId=${mergedId}`,
      );
      if (!options.yes) {
        if (process.stdout.isTTY) printPreview(preview, language());
        else printJson(preview);
        return;
      }
      const done = await client.call<MergeDone>('POST', `/customers/${remainingId}/merge`, {
        mergedId,
        rowVersion: preview.remaining.rowVersion,
        mergedRowVersion: preview.merged.rowVersion,
      });
      if (process.stdout.isTTY) {
        note(say(language(), 'merge.done', { id: done.merge.customerMergeId, orders: done.merge.orders }));
      } else printJson(done.merge);
    }),
  );
}

export function registerCustomerUnmerge(customer: Command, language: () => Language): void {
  const command = customer
    .command('unmerge')
    .description('undo a merge, within 30 days')
    .argument('<id>', 'number of the merge');
  addServerOptions(command).action((id: string, options: ServerOptions) =>
    withServer(options, language(), ['customers:read', 'customers:merge'], async (client) => {
      const undone = await client.call<MergeUndone>('POST', `/merges/${encodeURIComponent(id)}/undo`);
      if (process.stdout.isTTY) {
        const { rows, ordersSince: since } = undone;
        note(say(language(), 'merge.undone', { rows, since }));
      } else printJson(undone);
    }),
  );
}
