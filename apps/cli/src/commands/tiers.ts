import {
  tierTemplates,
  type Settings,
  type CustomerTier,
  type Permission,
  type TierFeature,
  type TierOverview,
  type TierPolicy,
  type TierPreview,
  type TierRun,
} from '@kezi/contract';
import { minorDigits } from '@kezi/contract/currencies';
import type { Language } from '@kezi/contract/errors';
import { Argument, type Command } from 'commander';
import { note, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { awaitJob, commandsOf, printItems, type AddCommand } from './server-command.js';
import { registerDecisions } from './tiers-decisions.js';
import { jsonIn } from './json-file.js';
import { registerDrafts } from './tiers-drafts.js';
import { printPreview, printRun, printTiers, printWhy, runStatus } from './tiers-print.js';

const reads: Permission[] = ['tiers:read', 'customers:read', 'jobs:read'];
const writes: Permission[] = [...reads, 'tiers:write', 'tiers:approve'];

/** The version that holds, or how far a policy is. */
const policyStatus = ({ isInForce, status }: TierPolicy, language: Language): string =>
  isInForce ? runStatus({ status: 'in_force' }, language) : say(language, `tiers.policy.${status}`);

async function finished(client: ServerClient, run: TierRun, language: Language): Promise<void> {
  await awaitJob(client, run.jobId);
  printRun(await client.call<TierRun>('GET', `/tiers/runs/${run.tierRunId}`), language);
}

/** `kezi tiers`: what holds and why, policies, runs, decisions, and the tiers themselves. */
export function registerTiers(program: Command, language: () => Language): void {
  const tiers = program.command('tiers').description('grade customers by a policy');
  const add = commandsOf(language);
  registerLooks(tiers, add, language);
  registerPolicies(tiers, add, language);
  registerDrafts(tiers, add, language);
  registerRuns(tiers, add, language);
  registerDecisions(tiers, add, language);
}

function registerLooks(tiers: Command, add: AddCommand, language: () => Language): void {
  add(tiers.command('show').description('the tiers of today'), reads, async (client) =>
    printTiers(await client.call<TierOverview>('GET', '/tiers'), language()),
  );
  add<ServerOptions & { on?: string }>(
    tiers
      .command('why')
      .description('which tier a customer has, by which policy, and why')
      .argument('<customer>', 'number of the customer')
      .option('--on <day>', 'on this day, such as 2026-03-01; today when left out'),
    [...reads, 'settings:read'],
    async (client, { on }, customerNo = '') => {
      const id = await idOfCustomer(client, customerNo);
      const path = `/customers/${id}/tier${on === undefined ? '' : `?on=${on}`}`;
      const tier = await client.call<CustomerTier>('GET', path);
      if (!process.stdout.isTTY) return printJson(tier);
      const { baseCurrency } = await client.call<Settings>('GET', '/settings');
      printWhy(tier, minorDigits(baseCurrency), language());
    },
  );
}

function registerPolicies(tiers: Command, add: AddCommand, language: () => Language): void {
  add(tiers.command('policies').description('drafts and versions'), reads, async (client) => {
    const { items } = await client.call<{ items: TierPolicy[] }>('GET', '/tiers/policies');
    printItems(
      items,
      [
        ['tiers.policyId', (each) => each.tierPolicyId],
        ['tiers.policy', (each) => each.name],
        ['tiers.version', (each) => each.versionNo ?? ''],
        ['tiers.status', (each) => policyStatus(each, language())],
      ],
      language(),
    );
  });
  add(
    tiers
      .command('start')
      .description('a draft to begin with, from a ready-made tier set')
      .addArgument(new Argument('<template>', 'the set').choices([...tierTemplates])),
    writes,
    async (client, _options, template) => {
      const made = await client.call<TierPolicy>('POST', '/tiers/start', { template });
      if (process.stdout.isTTY) note(say(language(), 'tiers.started', { id: made.tierPolicyId }));
      else printJson(made);
    },
  );
  add<ServerOptions & { against?: string; definition?: string; segment?: string[] }>(
    tiers
      .command('preview')
      .description('what a policy would do to the customers of today; keeps nothing')
      .argument('<policy>', 'id of the policy')
      .option('--against <policy>', 'moves from the tiers of this policy, not from those of today')
      .option('--definition <file>', 'in place of the definition of the policy, one in a JSON file')
      .option('--segment <id...>', 'everybody is graded, the members of these segments alone are counted'),
    writes,
    async (client, { against, definition, segment }, id) => {
      const policy = await client.call<TierPolicy>('GET', `/tiers/policies/${id}`);
      const preview = await client.call<TierPreview>('POST', '/tiers/preview', {
        tierSetId: policy.tierSetId,
        definition: definition === undefined ? policy.definition : await jsonIn(definition),
        ...(against === undefined ? {} : { againstPolicyId: Number(against) }),
        ...(segment === undefined ? {} : { segmentId: segment.map(Number) }),
      });
      const { items } = await client.call<{ items: TierFeature[] }>('GET', '/tiers/features');
      printPreview(preview, items, language());
    },
  );
  add<ServerOptions & { from?: string }>(
    tiers
      .command('publish')
      .description('make a draft a version and grade all customers by it')
      .argument('<policy>', 'id of the draft')
      .option('--from <day>', 'the first day on which its tiers hold; today when left out'),
    writes,
    async (client, { from }, id) => {
      const { rowVersion } = await client.call<TierPolicy>('GET', `/tiers/policies/${id}`);
      const body = { rowVersion, ...(from === undefined ? {} : { effectiveOn: from }) };
      await finished(
        client,
        await client.call<TierRun>('POST', `/tiers/policies/${id}/publish`, body),
        language(),
      );
    },
  );
}

function registerRuns(tiers: Command, add: AddCommand, language: () => Language): void {
  add(tiers.command('runs').description('gradings, the newest first'), reads, async (client) =>
    printItems(
      (await client.call<{ items: TierRun[] }>('GET', '/tiers/runs')).items,
      [
        ['tiers.run', (run) => run.tierRunId],
        ['tiers.policy', (run) => `${run.policyName} ${run.versionNo ?? ''}`],
        ['tiers.status', (run) => runStatus(run, language())],
        ['tiers.effectiveOn', (run) => run.effectiveOn],
        ['tiers.customers', (run) => run.summary?.customers ?? null],
      ],
      language(),
    ),
  );
  add(
    tiers
      .command('withdraw')
      .description('give up a run that is not in force')
      .argument('<run>', 'id of the run'),
    writes,
    async (client, _options, id) =>
      finished(client, await client.call<TierRun>('POST', `/tiers/runs/${id}/withdraw`, {}), language()),
  );
  add(tiers.command('grade').description('grade again by the policy in force'), writes, async (client) =>
    finished(client, await client.call<TierRun>('POST', '/tiers/runs', {}), language()),
  );
  add(
    tiers.command('enforce').description('put a run in force on its day').argument('<run>', 'id of the run'),
    writes,
    async (client, _options, id) =>
      finished(client, await client.call<TierRun>('POST', `/tiers/runs/${id}/enforce`, {}), language()),
  );
  add<ServerOptions & { refuse?: boolean; note?: string }>(
    tiers
      .command('approve')
      .description('approve all demotions of a run that wait, or refuse them')
      .argument('<run>', 'id of the run')
      .option('--refuse', 'refuse them: the customers keep their tiers')
      .option('--note <text>', 'kept with the decision'),
    writes,
    async (client, { refuse, note: text }, id) => {
      const decided = await client.call<{ decided: number }>('POST', '/tiers/decisions/decide', {
        tierRunId: Number(id),
        approve: refuse !== true,
        ...(text === undefined ? {} : { note: text }),
      });
      if (process.stdout.isTTY) note(say(language(), 'tiers.decided', { count: decided.decided }));
      else printJson(decided);
    },
  );
  add(
    tiers
      .command('replay')
      .description('grade a run again from what was measured then, and compare the fingerprints')
      .argument('<run>', 'id of the run'),
    writes,
    async (client, _options, id) => {
      const { jobId } = await client.call<{ jobId: number }>('POST', `/tiers/runs/${id}/replay`, {});
      const job = await client.waitFor(jobId, () => undefined);
      printJson(job.result);
    },
  );
}
