import type { DemoInput, ImportCounts } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { jobBar } from '../job-bar.js';
import { printJson, printTable, say } from '../output.js';
import { serverClient, type ServerClient } from '../server-client.js';

interface Options {
  customers?: string;
  months?: string;
  seed?: string;
  server?: string;
  key?: string;
  data: string;
}

function wishOf({ customers, months, seed }: Options): DemoInput {
  const wish: DemoInput = {};
  if (customers !== undefined) wish.customers = Number(customers);
  if (months !== undefined) wish.months = Number(months);
  if (seed !== undefined) wish.seed = Number(seed);
  return wish;
}

async function loadDemo(client: ServerClient, options: Options, language: Language): Promise<void> {
  const { jobId } = await client.call<{ jobId: number }>('POST', '/demo', wishOf(options));
  const bar = await jobBar();
  try {
    const { result } = await client.waitFor(jobId, bar.follow);
    bar.stop();
    const counts = result as Record<'customers' | 'products' | 'orders', ImportCounts>;
    if (!process.stdout.isTTY) {
      printJson(counts);
      return;
    }
    const number = new Intl.NumberFormat(language);
    const kinds = ['customers', 'products', 'orders'] as const;
    printTable(
      kinds.map((kind) => [
        say(language, `import.kind.${kind}`),
        number.format(counts[kind].records[kind]?.added ?? 0),
      ]),
    );
  } finally {
    bar.stop();
  }
}

export function registerDemo(program: Command, language: () => Language): void {
  program
    .command('demo')
    .description('make a believable company and load it; only while there are no customers')
    .option('--customers <number>', 'how many customers (default: 2,000)')
    .option('--months <number>', 'how many months of orders (default: 36)')
    .option('--seed <number>', 'the same number gives the same company')
    .option('--server <url>', 'a server elsewhere; needs --key')
    .option('--key <key>', 'API key for that server (or KEZI_KEY)')
    .option('--data <folder>', 'data folder on this machine', 'data')
    .action(async (options: Options) => {
      const key = options.key ?? process.env['KEZI_KEY'];
      if (options.server !== undefined) {
        await loadDemo(serverClient(options.server, key ?? '', language()), options, language());
        return;
      }
      const { readConfig, useServer } = await import('@kezi/server');
      const config = { ...readConfig({ dataFolder: options.data }), logLevel: 'warn' };
      await useServer(config, ['demo:load', 'jobs:read'], new Date(), (server) =>
        loadDemo(serverClient(server.url, server.key, language()), options, language()),
      );
    });
}
