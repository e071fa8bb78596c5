import {
  customerSizes,
  customerSorts,
  isFieldKey,
  lifecycleStages,
  rfmSegments,
  salesStages,
  type Permission,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { serverClient, type ServerClient } from '../server-client.js';

export interface ServerOptions {
  server?: string;
  key?: string;
  data: string;
}

export interface FilterOptions {
  search?: string;
  industry?: string[];
  region?: string[];
  segment?: string[];
  tier?: string[];
  lifecycle?: string[];
  ownSegment?: string[];
  owner?: string[];
  team?: string[];
  size?: string[];
  salesStage?: string[];
  source?: string[];
  tag?: string[];
  industryCode?: string[];
  country?: string[];
  division?: string[];
  field?: string[];
  clvMin?: string;
  clvMax?: string;
  sort: string;
  order: string;
}

export function addServerOptions(command: Command): Command {
  return command
    .option('--server <url>', 'a server elsewhere; needs --key')
    .option('--key <key>', 'API key for that server (or KEZI_KEY)')
    .option('--data <folder>', 'data folder on this machine', 'data');
}

/** What narrows and sorts the register. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('-q, --search <text>', 'part of a name (Chinese, pinyin, initials) or the start of a number')
    .option('--industry <name...>', 'one of these industries')
    .option('--region <name...>', 'one of these regions')
    .addOption(new Option('--segment <key...>', 'one of these RFM segments').choices([...rfmSegments]))
    .option('--tier <id...>', 'has one of these tiers, by id (kezi tiers sets)')
    .addOption(new Option('--lifecycle <stage...>', 'in one of these stages').choices([...lifecycleStages]))
    .option('--own-segment <id...>', 'in one of these segments of your own making (kezi segments list)')
    .option('--owner <id...>', 'belongs to one of these users')
    .option('--team <id...>', 'belongs to one of these teams')
    .addOption(new Option('--size <size...>', 'one of these sizes').choices([...customerSizes]))
    .addOption(
      new Option('--sales-stage <stage...>', 'one of these stages of sales').choices([...salesStages]),
    )
    .option('--source <text...>', 'came from one of these')
    .option('--tag <tag...>', 'has one of these tags')
    .option('--industry-code <code...>', 'GB/T 4754; a section stands for its divisions')
    .option('--country <code...>', 'ISO 3166')
    .option('--division <code...>', 'GB/T 2260; a province stands for its cities')
    .option(
      '--field <condition...>',
      "the company's own fields: cf3=VIP, cf3^VI (begins so), cf4>=5, cf5<=2026-03-01, cf6@7 (a person)",
    )
    .option('--clv-min <amount>', 'worth at least so much')
    .option('--clv-max <amount>', 'worth at most so much')
    .addOption(
      new Option('--sort <column>', `sorted by: ${customerSorts.join(', ')}, or a field of the company (cf3)`)
        .argParser(sortName)
        .default('clv'),
    )
    .addOption(new Option('--order <way>', 'direction').choices(['asc', 'desc']).default('desc'));
}

function sortName(name: string): string {
  const isKnown = customerSorts.some((known) => known === name) || isFieldKey(name);
  if (!isKnown) throw new InvalidArgumentError(`${customerSorts.join(', ')}, cf3`);
  return name;
}

/** The options as the query of the register. */
export function filterQuery(options: FilterOptions): URLSearchParams {
  const query = new URLSearchParams({ sort: options.sort, order: options.order });
  const given = {
    q: options.search,
    industry: options.industry,
    region: options.region,
    segment: options.segment,
    tierId: options.tier,
    stage: options.lifecycle,
    segmentId: options.ownSegment,
    ownerId: options.owner,
    teamId: options.team,
    size: options.size,
    salesStage: options.salesStage,
    source: options.source,
    tag: options.tag,
    industryCode: options.industryCode,
    countryCode: options.country,
    divisionCode: options.division,
    field: options.field,
    clvMin: options.clvMin,
    clvMax: options.clvMax,
  };
  for (const [name, value] of Object.entries(given)) {
    for (const one of [value ?? []].flat()) query.append(name, one);
  }
  return query;
}

/** Speaks to the server that the options name: one elsewhere with a key, or the one of the data folder. */
export async function withServer(
  options: ServerOptions,
  language: Language,
  permissions: Permission | readonly Permission[],
  work: (client: ServerClient) => Promise<void>,
): Promise<void> {
  if (options.server !== undefined) {
    const key = options.key ?? process.env['KEZI_KEY'] ?? '';
    await work(serverClient(options.server, key, language));
    return;
  }
  const { readConfig, useServer } = await import('@kezi/server');
  const config = { ...readConfig({ dataFolder: options.data }), logLevel: 'warn' };
  await useServer(config, [permissions].flat(), new Date(), (server) =>
    work(serverClient(server.url, server.key, language)),
  );
}
