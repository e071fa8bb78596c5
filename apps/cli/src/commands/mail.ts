import type { TestResult } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { printTest } from './webhook.js';

interface Options extends ServerOptions {
  to?: string;
}

export function registerMail(program: Command, language: () => Language): void {
  const mail = program.command('mail').description('the mail server that is set up');
  addServerOptions(
    mail
      .command('test')
      .description('send a test mail and wait for the answer of the mail server')
      .option('--to <address>', 'to whom; to yourself when left out'),
  ).action((options: Options) =>
    withServer(options, language(), 'outbound:write', async (client) => {
      const wish = options.to === undefined ? {} : { to: options.to };
      printTest(await client.call<TestResult>('POST', '/outbound/mail-test', wish), language());
    }),
  );
}
