import type { Lookalikes, PoachingRisk } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

type Options = ServerOptions & OfSegments;

/** Who may be won over by others, and who may rise: a JSON object a customer, the record on the past first. */
export function registerProspects(warn: Command, language: () => Language): void {
  const print = ({ items, ...record }: PoachingRisk | Lookalikes): void => {
    printJson(record);
    items.forEach((item) => printJson(item));
  };
  addServerOptions(
    addSegmentOption(
      warn.command('poaching').description('customers whom somebody may be winning over, with the signs'),
    ),
  ).action((options: Options) =>
    withServer(options, language(), 'alerts:read', async (client) =>
      print(
        await client.call<PoachingRisk>('GET', `/prospects/poaching?${segmentQuery(options).toString()}`),
      ),
    ),
  );
  addServerOptions(
    addSegmentOption(
      warn.command('rising').description('customers who look like the best of today looked a year ago'),
    ),
  ).action((options: Options) =>
    withServer(options, language(), 'alerts:read', async (client) =>
      print(
        await client.call<Lookalikes>('GET', `/prospects/lookalikes?${segmentQuery(options).toString()}`),
      ),
    ),
  );
}
