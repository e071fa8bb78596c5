import { memberRoles, type CustomerTeam } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';

interface TeamOptions extends ServerOptions {
  add?: string;
  remove?: string;
  role: string;
  read?: boolean;
}

function print({ items }: CustomerTeam, language: Language): void {
  if (!process.stdout.isTTY) return items.forEach((row) => printJson(row));
  const words = ['id', 'name', 'role', 'may'] as const;
  const lines = items.map((row) => [String(row.userId), row.name ?? '–', row.role, row.access]);
  printColumns([words.map((word) => say(language, `access.${word}`)), ...lines], new Set([0]));
}

/** Who works on a customer beside its owner, and sees it by that. */
export function registerCustomerTeam(customer: Command, language: () => Language): void {
  const command = customer
    .command('team')
    .description('who works on a customer beside its owner; they see it')
    .argument('<customer>', 'number of the customer')
    .option('--add <id>', 'put this colleague on the team, or change their role')
    .addOption(new Option('--role <role>', 'as what').choices([...memberRoles]).default('support'))
    .option('--read', 'the colleague may look, and not change')
    .option('--remove <id>', 'take this colleague off the team');
  addServerOptions(command).action((number: string, options: TeamOptions) =>
    withServer(options, language(), ['customers:read', 'customers:write'], async (client) => {
      const path = `/customers/${await idOfCustomer(client, number)}/team`;
      let team = await client.call<CustomerTeam>('GET', path);
      if (options.add !== undefined) {
        const before = team.items.find((one) => String(one.userId) === options.add);
        const body = {
          role: options.role,
          access: options.read === true ? 'read' : 'edit',
          note: before?.note,
          rowVersion: before?.rowVersion,
        };
        team = await client.call<CustomerTeam>('PUT', `${path}/${encodeURIComponent(options.add)}`, body);
      }
      if (options.remove !== undefined) {
        team = await client.call<CustomerTeam>('DELETE', `${path}/${encodeURIComponent(options.remove)}`);
      }
      print(team, language());
    }),
  );
}
