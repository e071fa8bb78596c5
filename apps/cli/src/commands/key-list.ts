import type { Command } from 'commander';
import { printJson } from '../output.js';

interface Options {
  user: string;
  data: string;
}

/** For the machine on which the data lies: a key cannot make or end keys, so these do not go over the network. */
export function registerKeyList(key: Command): void {
  key
    .command('list')
    .description('the keys of a person that were not revoked: what they may do, until when, when last used')
    .requiredOption('--user <address>', 'address of the person')
    .option('--data <folder>', 'data folder', 'data')
    .action(async ({ user, data }: Options) => {
      const { listKeysOf, readConfig } = await import('@kezi/server');
      for (const one of await listKeysOf(readConfig({ dataFolder: data }), user)) printJson(one);
    });
  key
    .command('revoke')
    .description('end a key at once; its next request is refused')
    .argument('<id>', 'id of the list')
    .requiredOption('--user <address>', 'address of the person')
    .option('--data <folder>', 'data folder', 'data')
    .action(async (id: string, { user, data }: Options) => {
      const { endKey, readConfig } = await import('@kezi/server');
      await endKey(readConfig({ dataFolder: data }), { email: user, keyId: Number(id) }, new Date());
    });
}
