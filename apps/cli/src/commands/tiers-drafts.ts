import type { Permission, TierFeature, TierPolicy, TierSet } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson, say } from '../output.js';
import type { ServerOptions } from './customer-server.js';
import { jsonIn } from './json-file.js';
import { printDone, printItems, type AddCommand } from './server-command.js';

const reads: Permission[] = ['tiers:read'];
const writes: Permission[] = [...reads, 'tiers:write'];

/** Drafts, the indicators they may use, and tier sets. */
export function registerDrafts(tiers: Command, add: AddCommand, language: () => Language): void {
  registerSets(tiers, add, language);
  add(tiers.command('features').description('indicators to grade by'), reads, async (client) =>
    printItems(
      (await client.call<{ items: TierFeature[] }>('GET', '/tiers/features')).items,
      [
        ['policy.key', (each) => each.key],
        ['tiers.indicator', (each) => each.name],
        ['policy.direction', (each) => each.direction],
        ['policy.noData', (each) => each.nullMeans],
      ],
      language(),
    ),
  );
  add(
    tiers.command('policy').description('one policy as JSON').argument('<policy>', 'id of the policy'),
    reads,
    async (client, _options, id) => printJson(await client.call<TierPolicy>('GET', `/tiers/policies/${id}`)),
  );
  add<ServerOptions & { set: string; name: string; basedOn?: string }>(
    tiers
      .command('create')
      .description('a draft from a definition in a JSON file')
      .argument('<file>', 'the definition, as `kezi tiers policy` prints it')
      .requiredOption('--set <id>', 'its tier set')
      .requiredOption('--name <name>', 'its name')
      .option('--based-on <policy>', 'the policy from which it was made'),
    writes,
    async (client, { set, name, basedOn }, file = '') => {
      const made = await client.call<TierPolicy>('POST', '/tiers/policies', {
        name,
        tierSetId: Number(set),
        definition: await jsonIn(file),
        ...(basedOn === undefined ? {} : { basedOnId: Number(basedOn) }),
      });
      printDone(made, say(language(), 'tiers.started', { id: made.tierPolicyId }));
    },
  );
  add<ServerOptions & { definition?: string; name?: string; set?: string }>(
    tiers
      .command('edit')
      .description('change a draft')
      .argument('<policy>', 'id of the draft')
      .option('--definition <file>', 'its definition in a JSON file')
      .option('--name <name>', 'its name')
      .option('--set <id>', 'its tier set'),
    writes,
    async (client, { definition, name, set }, id) => {
      const { rowVersion } = await client.call<TierPolicy>('GET', `/tiers/policies/${id}`);
      const changed = await client.call<TierPolicy>('PATCH', `/tiers/policies/${id}`, {
        rowVersion,
        ...(name === undefined ? {} : { name }),
        ...(set === undefined ? {} : { tierSetId: Number(set) }),
        ...(definition === undefined ? {} : { definition: await jsonIn(definition) }),
      });
      printDone(changed, say(language(), 'policy.saved'));
    },
  );
  add(
    tiers.command('delete').description('delete a draft').argument('<policy>', 'id of the draft'),
    writes,
    async (client, _options, id) => {
      await client.call('DELETE', `/tiers/policies/${id}`);
      printDone(null, say(language(), 'policy.deleted'));
    },
  );
}

function registerSets(tiers: Command, add: AddCommand, language: () => Language): void {
  const print = (sets: readonly TierSet[]) =>
    printItems(
      sets,
      [
        ['tiers.policyId', (set) => set.tierSetId],
        ['policy.set', (set) => set.name],
        ['tiers.tier', (set) => set.tiers.map((tier) => `${tier.name} (${tier.tierId})`).join(' > ')],
      ],
      language(),
    );
  add(tiers.command('sets').description('tier sets, with the ids of their tiers'), reads, async (client) =>
    print((await client.call<{ items: TierSet[] }>('GET', '/tiers/sets')).items),
  );
  add(
    tiers
      .command('set-create')
      .description('a tier set from a JSON file')
      .argument('<file>', 'name, and tiers from the highest down, each with name and badge'),
    writes,
    async (client, _options, file = '') =>
      print([await client.call<TierSet>('POST', '/tiers/sets', await jsonIn(file))]),
  );
  add(
    tiers
      .command('set-edit')
      .description('rename a tier set and its tiers; history keeps the names that were')
      .argument('<set>', 'id of the set')
      .argument('<file>', 'JSON: rowVersion, name, and tiers with tierId, name and badge'),
    writes,
    async (client, _options, id, file = '') =>
      print([await client.call<TierSet>('PATCH', `/tiers/sets/${id}`, await jsonIn(file))]),
  );
}
