import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { NegotiationPack } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';

/** What one takes into a negotiation: a PDF, or JSON where no file is named. */
export function registerPack(program: Command, language: () => Language): void {
  const command = program
    .command('pack')
    .description('the negotiation pack of a customer; a PDF leaves the house and is written into the audit')
    .argument('<customer>', 'number of the customer')
    .option('--out <file>', 'PDF to write; JSON on the output when left out');
  addServerOptions(command).action((customerNo: string, options: ServerOptions & { out?: string }) =>
    withServer(options, language(), ['customers:read', 'customers:export'], async (client) => {
      const id = await idOfCustomer(client, customerNo);
      const { out } = options;
      if (out === undefined) {
        printJson(await client.call<NegotiationPack>('GET', `/customers/${id}/pack`));
        return;
      }
      await client.download(`/customers/${id}/pack.pdf`, (body) =>
        pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(out)),
      );
    }),
  );
}
