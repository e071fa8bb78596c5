import {
  type CustomerTierHistory,
  type Permission,
  type TierCandidates,
  type TierDecision,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { printJson, say } from '../output.js';
import { idOfCustomer } from './customer-show.js';
import type { ServerOptions } from './customer-server.js';
import { pagesOf } from './pages-of.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';
import { printDone, printItems, type AddCommand } from './server-command.js';

const reads: Permission[] = ['tiers:read', 'customers:read'];

/** What waits for a decision, tiers by hand, what one customer had, and who is near to a better tier. */
export function registerDecisions(tiers: Command, add: AddCommand, language: () => Language): void {
  registerCandidates(tiers, add, language);
  registerHistory(tiers, add, language);
  registerList(tiers, add, language);
  registerOverride(tiers, add, language);
  add<ServerOptions & { refuse?: boolean; note?: string }>(
    tiers
      .command('decide')
      .description('approve some demotions or manual tiers, or refuse them')
      .argument('<decision...>', 'ids, as `kezi tiers decisions` lists them')
      .option('--refuse', 'refuse them')
      .option('--note <text>', 'kept with the decision'),
    [...reads, 'tiers:approve'],
    async (client, { refuse, note }, ...ids) => {
      const done = await client.call<{ decided: number }>('POST', '/tiers/decisions/decide', {
        ids: ids.map(Number),
        approve: refuse !== true,
        ...(note === undefined ? {} : { note }),
      });
      printDone(done, say(language(), 'tiers.decided', { count: done.decided }));
    },
  );
}

function registerOverride(tiers: Command, add: AddCommand, language: () => Language): void {
  add<ServerOptions & { tier: string; reason: string; until: string }>(
    tiers
      .command('override')
      .description('give a customer a tier by hand, or ask for it')
      .argument('<customer>', 'number of the customer')
      .requiredOption('--tier <id>', 'the tier, as `kezi tiers sets` lists it')
      .requiredOption('--reason <text>', 'why')
      .requiredOption('--until <day>', 'the first day on which the policy holds again'),
    [...reads, 'tiers:override', 'tiers:approve'],
    async (client, { tier, reason, until }, customerNo = '') => {
      const id = await idOfCustomer(client, customerNo);
      const body = { tierId: Number(tier), reason, expiresOn: until };
      const made = await client.call('POST', `/customers/${id}/tier/override`, body);
      printDone(made, say(language(), 'policy.saved'));
    },
  );
  add(
    tiers
      .command('end')
      .description('end a manual tier, or take a request for one back')
      .argument('<decision>', 'its id'),
    [...reads, 'tiers:override'],
    async (client, _options, id) => {
      await client.call('POST', `/tiers/decisions/${id}/end`, {});
      printDone(null, say(language(), 'policy.ended'));
    },
  );
}

function registerCandidates(tiers: Command, add: AddCommand, language: () => Language): void {
  add<ServerOptions & { limit: string; tier?: string[] }>(
    tiers
      .command('candidates')
      .description('customers nearest to the tier above, and where most is to be gained')
      .option('--limit <rows>', 'at most so many', '20')
      .option('--tier <id...>', 'of these tiers alone'),
    reads,
    async (client, { limit, tier }) => {
      const query = new URLSearchParams({ limit });
      for (const id of tier ?? []) query.append('tierId', id);
      const { items } = await client.call<TierCandidates>('GET', `/tiers/candidates?${query.toString()}`);
      printItems(
        items,
        [
          ['contact.customer', (each) => `${each.customerNo} ${each.name}`],
          ['tiers.tier', (each) => each.tier.name],
          ['policy.above', (each) => each.next.name],
          ['policy.missing', (each) => each.missing],
          ['policy.lever', (each) => each.lever.name],
        ],
        language(),
      );
    },
  );
}

function registerHistory(tiers: Command, add: AddCommand, language: () => Language): void {
  add(
    tiers
      .command('history')
      .description('every tier that a customer has had, the latest first')
      .argument('<customer>', 'number of the customer'),
    reads,
    async (client, _options, customerNo = '') => {
      const id = await idOfCustomer(client, customerNo);
      const history = await client.call<CustomerTierHistory>('GET', `/customers/${id}/tier/history`);
      if (!process.stdout.isTTY) return printJson(history);
      printItems(
        history.items,
        [
          ['policy.from', (each) => each.from],
          ['policy.to', (each) => each.to],
          ['tiers.tier', (each) => each.nameThen],
          ['policy.kind', (each) => say(language(), `tiers.source.${each.source}`)],
          ['tiers.policy', (each) => `${each.policyName ?? ''} ${each.versionNo ?? ''}`],
          ['policy.note', (each) => each.note],
        ],
        language(),
      );
    },
  );
}

function registerList(tiers: Command, add: AddCommand, language: () => Language): void {
  add<ServerOptions & OfSegments & { status: string; limit: string }>(
    addSegmentOption(tiers.command('decisions'))
      .description('demotions and manual tiers that wait or were decided')
      .addOption(
        new Option('--status <status>', 'which')
          .choices(['waiting', 'approved', 'refused', 'ended'])
          .default('waiting'),
      )
      .option('--limit <rows>', 'at most so many', '100'),
    reads,
    async (client, options) => {
      const items: TierDecision[] = [];
      const path = `/tiers/decisions?${segmentQuery(options, { status: options.status }).toString()}&`;
      for await (const rows of pagesOf<TierDecision>(client, path, Number(options.limit)))
        items.push(...rows);
      printItems(
        items,
        [
          ['tiers.policyId', (each) => each.tierDecisionId],
          ['contact.customer', (each) => `${each.customerNo} ${each.customerName}`],
          ['policy.kind', (each) => say(language(), `tiers.kind.${each.kind}`)],
          ['policy.from', (each) => each.fromTier?.name ?? null],
          ['policy.to', (each) => each.toTier.name],
          ['policy.until', (each) => each.expiresOn],
          ['policy.note', (each) => each.reason ?? each.note],
        ],
        language(),
      );
    },
  );
}
