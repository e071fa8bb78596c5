import type { Command } from 'commander';
import { printJson } from '../output.js';

interface Options {
  user: string;
  scopes: string;
  name: string;
  data: string;
}

export function registerKeyCreate(key: Command): void {
  key
    .command('create')
    .description('make an API key for a person; it is printed once')
    .requiredOption('--user <address>', 'address of the person whose eyes the key has')
    .requiredOption(
      '--scopes <scopes>',
      'what it may do, separated by commas, such as customers:read,imports:write',
    )
    .option('--name <name>', 'what it is for', 'command line')
    .option('--data <folder>', 'data folder', 'data')
    .action(async ({ user, scopes, name, data }: Options) => {
      const { addKey, readConfig } = await import('@kezi/server');
      const wanted = scopes.split(/[\s,]+/).filter((scope) => scope !== '');
      const made = await addKey(readConfig({ dataFolder: data }), { email: user, name, scopes: wanted });
      if (process.stdout.isTTY) process.stdout.write(`${made.key}\n`);
      else printJson(made);
    });
}
