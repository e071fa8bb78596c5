import type { Job, QualityOverview } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { registerQualityPolicy } from './quality-policy.js';
import { registerQualityRule } from './quality-rule.js';

interface Options extends ServerOptions {
  measure?: boolean;
}

function printOwners({ owners }: QualityOverview, language: Language): void {
  const words = ['owner', 'customers', 'completeness', 'freshness', 'stale'] as const;
  const lines = owners.map((owner) => [
    owner.ownerName ?? '—',
    String(owner.customers),
    owner.completeness.toFixed(0),
    owner.freshness.toFixed(0),
    String(owner.stale),
  ]);
  printColumns([words.map((word) => say(language, `quality.${word}`)), ...lines], new Set([1, 2, 3, 4]));
}

/** `kezi quality` */
export function registerQuality(program: Command, language: () => Language): void {
  const command = program
    .command('quality')
    .description('how complete and how fresh records are, by owner: a table on a terminal, JSON on a pipe')
    .option('--measure', 'measure all records first');
  addServerOptions(command).action((options: Options) =>
    withServer(options, language(), ['quality:read', 'duplicates:search', 'jobs:read'], async (client) => {
      if (options.measure) {
        const { jobId } = await client.call<{ jobId: number }>('POST', '/quality/measure');
        await client.waitFor(jobId, (_job: Job) => undefined);
      }
      const overview = await client.call<QualityOverview>('GET', '/quality');
      if (process.stdout.isTTY) printOwners(overview, language());
      else printJson(overview);
    }),
  );
  registerQualityRule(command, language);
  registerQualityPolicy(command, language);
}
