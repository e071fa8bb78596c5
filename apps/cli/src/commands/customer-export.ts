import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { customerColumns } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  addFilterOptions,
  addServerOptions,
  filterQuery,
  withServer,
  type FilterOptions,
  type ServerOptions,
} from './customer-server.js';

interface Options extends FilterOptions, ServerOptions {
  columns?: string[];
}

function outFile(file: string): string {
  if (!/\.(?:csv|xlsx)$/i.test(file)) throw new InvalidArgumentError('.csv | .xlsx');
  return file;
}

export function registerCustomerExport(customer: Command, language: () => Language): void {
  const command = customer
    .command('export')
    .description('the register as a file; what leaves the house is written into the audit')
    .argument('<file>', 'file to write, .csv or .xlsx', outFile);
  addServerOptions(addFilterOptions(command))
    .addOption(new Option('--columns <name...>', 'only these columns').choices([...customerColumns]))
    .action((file: string, options: Options) =>
      withServer(options, language(), 'customers:export', (client) => {
        const query = filterQuery(options);
        query.set('format', file.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv');
        for (const column of options.columns ?? []) query.append('columns', column);
        return client.download(`/customers/export?${query.toString()}`, (body) =>
          pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(file)),
        );
      }),
    );
}
