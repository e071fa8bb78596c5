import { qualityFields, type QualityPolicy } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { printJson } from '../output.js';
import type { ServerOptions } from './customer-server.js';
import { commandsOf } from './server-command.js';

interface Options extends ServerOptions {
  staleDays?: string;
  sameCreditCode?: QualityPolicy['sameCreditCode'];
  weight?: string[];
}

/** @throws CodedError valuation.bad_option for what is no field or no number */
function weightsOf(texts: readonly string[]): QualityPolicy['weights'] {
  return Object.fromEntries(
    texts.map((text) => {
      const [, field = '', weight = ''] = /^([a-zA-Z]+)=(\d{1,3})$/.exec(text) ?? [];
      if (!(qualityFields as readonly string[]).includes(field)) {
        const expected = `${qualityFields.join(' | ')}=0 … 100`;
        throw new CodedError('valuation.bad_option', { option: '--weight', value: text, expected });
      }
      return [field, Number(weight)];
    }),
  );
}

/** `kezi quality policy`: what a good record is. */
export function registerQualityPolicy(quality: Command, language: () => Language): void {
  const policy = quality
    .command('policy')
    .description('what a good record is; changes what is named, and prints it')
    .option('--stale-days <days>', 'days untouched after which a record is stale')
    .addOption(
      new Option('--same-credit-code <what>', 'two customers with one credit code').choices([
        'refuse',
        'flag',
      ]),
    )
    .option('--weight <field=weight...>', `0 to 100 of completeness: ${qualityFields.join(', ')}`);
  const add = commandsOf(language);
  add<Options>(policy, ['quality:read', 'quality:write'], async (client, options) => {
    const before = await client.call<QualityPolicy>('GET', '/quality/policy');
    const { staleDays, sameCreditCode, weight } = options;
    if (staleDays === undefined && sameCreditCode === undefined && weight === undefined) {
      return printJson(before);
    }
    const change = {
      ...before,
      ...(staleDays === undefined ? {} : { staleDays: Number(staleDays) }),
      ...(sameCreditCode === undefined ? {} : { sameCreditCode }),
      weights: { ...before.weights, ...weightsOf(weight ?? []) },
    };
    printJson(await client.call<QualityPolicy>('PUT', '/quality/policy', change));
  });
}
