import { InvalidArgumentError, type Command } from 'commander';
import { printJson } from '../output.js';

interface Options {
  user: string;
  scopes: string;
  name: string;
  until?: string;
  data: string;
}

function momentOf(until: string): string {
  const time = Date.parse(until);
  if (Number.isNaN(time)) throw new InvalidArgumentError('It is no day or moment.');
  return new Date(time).toISOString();
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
    .option('--until <moment>', 'when it runs out, such as 2027-01-31 (UTC); never when left out', momentOf)
    .option('--data <folder>', 'data folder', 'data')
    .action(async ({ user, scopes, name, until, data }: Options) => {
      const { addKey, readConfig } = await import('@kezi/server');
      const wanted = scopes.split(/[\s,]+/).filter((scope) => scope !== '');
      const wish = { email: user, name, scopes: wanted, expiresAt: until ?? null };
      const made = await addKey(readConfig({ dataFolder: data }), wish, new Date());
      if (process.stdout.isTTY) process.stdout.write(`${made.key}\n`);
      else printJson(made);
    });
}
