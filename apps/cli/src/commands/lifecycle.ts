import {
  lifecycleStages,
  type CustomerStages,
  type LifecycleCohorts,
  type LifecycleOverview,
  type Permission,
  type StageStay,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Argument, type Command } from 'commander';
import { note, printJson, say } from '../output.js';
import type { ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { registerStageRules } from './lifecycle-rules.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';
import { commandsOf, printItems, type AddCommand } from './server-command.js';

const reads: Permission[] = ['lifecycle:read', 'customers:read', 'segments:read'];
const pins: Permission[] = [...reads, 'lifecycle:pin'];

type Whose = ServerOptions & OfSegments;

const percent = (language: Language, share: number | null) =>
  share === null
    ? '–'
    : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);

function printOverview(data: LifecycleOverview, language: Language): void {
  if (!process.stdout.isTTY) return printJson(data);
  printItems(
    data.stages,
    [
      ['policy.stage', ({ stage }) => say(language, `policy.stage.${stage}`)],
      ['tiers.customers', ({ customers }) => customers],
      ['tiers.value', ({ clv }) => Math.round(clv)],
      ['policy.days', ({ medianDays }) => medianDays],
    ],
    language,
  );
  const { retention, churn, winBack } = data.rates;
  note(
    say(language, 'policy.rates', {
      since: data.since ?? '–',
      retention: percent(language, retention),
      churn: percent(language, churn),
      winBack: percent(language, winBack),
    }),
  );
}

function printStays(items: readonly StageStay[], language: Language): void {
  printItems(
    items,
    [
      ['policy.stage', ({ stage }) => say(language, `policy.stage.${stage}`)],
      ['policy.from', ({ enteredOn }) => enteredOn],
      ['policy.to', ({ leftOn }) => leftOn],
      ['policy.why', ({ reason }) => reason],
      ['policy.until', ({ pinnedUntil }) => pinnedUntil],
      ['policy.note', ({ pinNote }) => pinNote],
    ],
    language,
  );
}

/** `kezi lifecycle`: stages, how customers moved between them, cohorts, and the stages of one customer. */
export function registerLifecycle(program: Command, language: () => Language): void {
  const lifecycle = program
    .command('lifecycle')
    .description('where customers stand, from the first order to the end');
  const add = commandsOf(language);
  add<Whose & { days: string }>(
    addSegmentOption(
      lifecycle
        .command('show')
        .description('stages today, and how customers moved since')
        .option('--days <number>', 'since so many days', '90'),
    ),
    reads,
    async (client, options) => {
      const path = `/lifecycle?${segmentQuery(options, { days: options.days }).toString()}`;
      printOverview(await client.call<LifecycleOverview>('GET', path), language());
    },
  );
  add<Whose>(
    addSegmentOption(
      lifecycle.command('cohorts').description('who ordered again, by the quarter of the first order'),
    ),
    reads,
    async (client, options) => {
      const { items, unfinishedUntil } = await client.call<LifecycleCohorts>(
        'GET',
        `/lifecycle/cohorts?${segmentQuery(options).toString()}`,
      );
      printItems(
        items,
        [
          ['policy.cohort', ({ cohort }) => cohort],
          ['tiers.customers', ({ customers }) => customers],
          [
            'policy.retained',
            ({ retention }) => retention.map((share) => percent(language(), share)).join(' '),
          ],
        ],
        language(),
      );
      if (unfinishedUntil !== null) note(say(language(), 'policy.unfinished', { date: unfinishedUntil }));
    },
  );
  registerStages(lifecycle, add, language);
  registerStageRules(lifecycle, add, language);
}

function registerStages(lifecycle: Command, add: AddCommand, language: () => Language): void {
  add(
    lifecycle
      .command('stages')
      .description('the stages of a customer, the latest first')
      .argument('<customer>', 'number of the customer'),
    reads,
    async (client, _options, customerNo = '') => {
      const id = await idOfCustomer(client, customerNo);
      printStays((await client.call<CustomerStages>('GET', `/customers/${id}/stages`)).items, language());
    },
  );
  add<ServerOptions & { note: string; until?: string }>(
    lifecycle
      .command('pin')
      .description('put a customer into a stage by hand')
      .argument('<customer>', 'number of the customer')
      .addArgument(new Argument('<stage>', 'the stage').choices([...lifecycleStages]))
      .requiredOption('--note <text>', 'why')
      .option('--until <day>', 'the last day; until it is unpinned when left out'),
    pins,
    async (client, { note: text, until }, customerNo = '', stage = '') => {
      const id = await idOfCustomer(client, customerNo);
      const body = { stage, note: text, ...(until === undefined ? {} : { until }) };
      const { items } = await client.call<CustomerStages>('POST', `/customers/${id}/stages/pin`, body);
      printStays(items.slice(0, 1), language());
    },
  );
  add(
    lifecycle
      .command('unpin')
      .description('leave the stage of a customer to the rules again')
      .argument('<customer>', 'number of the customer'),
    pins,
    async (client, _options, customerNo = '') => {
      const id = await idOfCustomer(client, customerNo);
      const { items } = await client.call<CustomerStages>('DELETE', `/customers/${id}/stages/pin`);
      printStays(items.slice(0, 1), language());
    },
  );
}
