import {
  stageRules,
  stageTrial,
  type KeptStageRules,
  type Permission,
  type StageRules,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { awaitJob, printItems, type AddCommand } from './server-command.js';

const configures: Permission[] = ['lifecycle:read', 'lifecycle:configure', 'jobs:read'];

type Option = keyof StageRules;

/** Options as they are typed; percent for what is kept as a share. */
const options: Readonly<Record<Option, { flag: string; about: string; isShare?: true }>> = {
  graceDays: {
    flag: '--grace-days',
    about: 'a customer is silent after the longest gap and so many days more',
  },
  firstPatienceDays: {
    flag: '--first-patience-days',
    about: 'a customer with a single order is silent after so many days',
  },
  dormantTimes: { flag: '--dormant-times', about: 'dormant: silent for longer than so many times that' },
  lostTimes: { flag: '--lost-times', about: 'lost: silent for longer than so many times that' },
  lowChance: {
    flag: '--low-chance',
    about: 'at risk: a smaller chance of being active, in percent',
    isShare: true,
  },
  newDays: { flag: '--new-days', about: 'new: so many days from the first order' },
  newOrders: { flag: '--new-orders', about: 'new: up to so many orders' },
  backDays: { flag: '--back-days', about: 'won back: so many days after coming back' },
  rise: {
    flag: '--rise',
    about: 'growing: so many percent more than in the half-year before',
    isShare: true,
  },
};
const names = Object.keys(options) as Option[];

type Typed = ServerOptions & Partial<Record<Option, string>> & { try?: boolean };

function printRules(rules: KeptStageRules, language: Language): void {
  if (!process.stdout.isTTY) return printJson(rules);
  printItems(
    names.map((name) => ({ flag: options[name].flag, value: rules[name], isShare: options[name].isShare })),
    [
      ['policy.rule', ({ flag }) => flag.slice(2)],
      ['policy.ruleValue', ({ value, isShare }) => (isShare ? value * 100 : value)],
    ],
    language,
  );
}

async function tryRules(client: ServerClient, rules: StageRules, language: Language): Promise<void> {
  const { jobId } = await client.call<{ jobId: number }>('POST', '/lifecycle/rules/trial', rules);
  await awaitJob(client, jobId);
  const { result } = await client.call<{ result: unknown }>('GET', `/jobs/${jobId}`);
  const trial = stageTrial.safeParse(result).data;
  if (!trial) return note(say(language, 'policy.nobodyOrdered'));
  if (!process.stdout.isTTY) return printJson(trial);
  printItems(
    trial.moves.filter(({ from, to }) => from !== to),
    [
      ['policy.from', ({ from }) => (from === null ? null : say(language, `policy.stage.${from}`))],
      ['policy.to', ({ to }) => say(language, `policy.stage.${to}`)],
      ['tiers.customers', ({ customers }) => customers],
      ['tiers.value', ({ clv }) => Math.round(clv)],
    ],
    language,
  );
}

/** `kezi lifecycle rules`: by what stages are told apart, who would stand elsewhere by other rules, and other rules. */
export function registerStageRules(lifecycle: Command, add: AddCommand, language: () => Language): void {
  const command = lifecycle
    .command('rules')
    .description('by what stages are told apart; those given are changed, from today on')
    .option('--try', 'change nothing: who would stand elsewhere');
  for (const name of names) command.option(`${options[name].flag} <number>`, options[name].about);
  add<Typed>(command, configures, async (client, typed) => {
    const kept = await client.call<KeptStageRules>('GET', '/lifecycle/rules');
    const given = names.flatMap((name) => {
      const text = typed[name];
      if (text === undefined) return [];
      return [[name, options[name].isShare ? Number(text) / 100 : Number(text)] as const];
    });
    const wanted = { ...stageRules.parse(kept), ...Object.fromEntries(given) };
    if (typed.try === true) return tryRules(client, wanted, language());
    if (given.length === 0) return printRules(kept, language());
    const body = { ...wanted, rowVersion: kept.rowVersion };
    printRules(await client.call<KeptStageRules>('PUT', '/lifecycle/rules', body), language());
  });
}
