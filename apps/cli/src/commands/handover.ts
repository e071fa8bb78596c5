import type { Command } from 'commander';
import type { Language } from '@kezi/contract/errors';
import { printJson } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

interface HandOptions extends ServerOptions {
  to: string;
  reason: string;
  keepAccount?: boolean;
}

/** `kezi handover`: what somebody has that others need when they leave, and handing it to a successor. */
export function registerHandover(program: Command, language: () => Language): void {
  const handover = program.command('handover').description('hand over everything of somebody who leaves');
  const show = handover
    .command('show')
    .description('what there is to hand over, as JSON; nothing is changed')
    .argument('<user>', 'id of the user');
  addServerOptions(show).action((user: string, options: ServerOptions) =>
    withServer(options, language(), 'ownership:handover', async (client) => {
      printJson(await client.call<object>('GET', `/users/${encodeURIComponent(user)}/holdings`));
    }),
  );
  const run = handover
    .command('run')
    .description('hand everything to a successor and disable the account')
    .argument('<user>', 'id of the user')
    .requiredOption('--to <user>', 'id of the successor')
    .requiredOption('--reason <text>', 'why')
    .option('--keep-account', 'leave the account as it is');
  addServerOptions(run).action((user: string, options: HandOptions) => {
    const disable = options.keepAccount !== true;
    const wanted = [
      'ownership:handover',
      'customers:assign',
      ...(disable ? (['users:write'] as const) : []),
    ] as const;
    return withServer(options, language(), wanted, async (client) => {
      const body = { toUserId: Number(options.to), reason: options.reason, disable };
      printJson(await client.call<object>('POST', `/users/${encodeURIComponent(user)}/handover`, body));
    });
  });
}
