import type { CustomerAccess, Share } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';

interface ShareOptions extends ServerOptions {
  with: string;
  edit?: boolean;
  until?: string;
  reason?: string;
}

/** With whom a customer is shared, and who sees it and why. */
export function registerCustomerAccess(customer: Command, language: () => Language): void {
  const command = customer
    .command('access')
    .description('who sees a customer and why, and with whom it is shared')
    .argument('<customer>', 'number of the customer');
  addServerOptions(command).action((number: string, options: ServerOptions) =>
    withServer(options, language(), 'customers:read', async (client) => {
      const id = await idOfCustomer(client, number);
      const access = await client.call<CustomerAccess>('GET', `/customers/${id}/access`);
      if (!process.stdout.isTTY) return printJson(access);
      const words = ['id', 'name', 'why', 'may'] as const;
      const lines = access.viewers.map((viewer) => [
        String(viewer.userId),
        viewer.name,
        viewer.by === null ? viewer.reason : `${viewer.reason} ${viewer.by}`,
        viewer.canEdit ? 'edit' : 'read',
      ]);
      printColumns([words.map((word) => say(language(), `access.${word}`)), ...lines], new Set([0]));
    }),
  );
}

/** Shares a customer with a colleague. */
export function registerCustomerShare(customer: Command, language: () => Language): void {
  const command = customer
    .command('share')
    .description('let a colleague see a customer, or change it, until a day')
    .argument('<customer>', 'number of the customer')
    .requiredOption('--with <id>', 'id of the colleague')
    .option('--edit', 'the colleague may change it too')
    .option('--until <day>', 'the last day, yyyy-mm-dd')
    .option('--reason <text>', 'why');
  addServerOptions(command).action((number: string, options: ShareOptions) =>
    withServer(options, language(), ['customers:read', 'customers:share'], async (client) => {
      const id = await idOfCustomer(client, number);
      const body = {
        colleagueId: Number(options.with),
        access: options.edit === true ? 'edit' : 'read',
        untilOn: options.until,
        reason: options.reason,
      };
      printJson(await client.call<Share>('POST', `/customers/${id}/shares`, body));
    }),
  );
}

/** Takes a share back. */
export function registerCustomerUnshare(customer: Command, language: () => Language): void {
  const command = customer
    .command('unshare')
    .description('take a share back')
    .argument('<id>', 'id of the share, as `kezi customer access` gives it on a pipe');
  addServerOptions(command).action((id: string, options: ServerOptions) =>
    withServer(options, language(), 'customers:share', async (client) => {
      await client.call('DELETE', `/shares/${encodeURIComponent(id)}`);
    }),
  );
}
