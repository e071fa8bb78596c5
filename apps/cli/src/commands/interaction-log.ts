import { interactionKinds, type InteractionRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { note, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';

interface Options extends ServerOptions {
  customer: string;
  kind: string;
  at?: string;
  with?: string[];
  outcome?: string;
  next?: string;
  nextOn?: string;
}

export function registerInteractionLog(interaction: Command, language: () => Language): void {
  const command = interaction
    .command('log')
    .description('write down what was done with a customer')
    .argument('<text>', 'what happened, up to 20,000 characters')
    .requiredOption('--customer <customer>', 'number of the customer')
    .addOption(new Option('--kind <kind>', 'what it was').choices([...interactionKinds]).default('call'))
    .option('--at <moment>', 'when, such as 2026-03-01T14:30+08:00; now when left out')
    .option('--with <id...>', 'ids of the contacts who took part')
    .option('--outcome <text>', 'what came of it')
    .option('--next <text>', 'what is to be done next')
    .option('--next-on <day>', 'by which day');
  addServerOptions(command).action((summary: string, options: Options) =>
    withServer(options, language(), ['interactions:write', 'customers:read'], async (client) => {
      const customerId = await idOfCustomer(client, options.customer);
      const made = await client.call<InteractionRow>('POST', `/customers/${customerId}/interactions`, {
        summary,
        kind: options.kind,
        happenedAt: options.at === undefined ? undefined : new Date(options.at),
        contactIds: options.with?.map(Number),
        outcome: options.outcome,
        nextStep: options.next,
        nextStepOn: options.nextOn,
      });
      if (process.stdout.isTTY) note(say(language(), 'interaction.logged', { id: made.interactionId }));
      else printJson(made);
    }),
  );
}
