import {
  festivalGreeting,
  festivalName,
  festivals,
  lifecycleStages,
  madeTaskKinds,
  type FestivalCare,
  type StageAction,
  type TaskRule,
  type TaskRuleList,
} from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { Argument, type Command } from 'commander';
import { printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { commandsOf, printItems } from './server-command.js';

interface Options extends ServerOptions {
  on?: boolean;
  off?: boolean;
  leadDays?: string;
  dueDays?: string;
  minutes?: string;
  title?: string;
  tier?: string[];
  region?: string[];
  segment?: string;
  everybody?: boolean;
}

const readRules = (client: ServerClient) => client.call<TaskRuleList>('GET', '/task-rules');
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const isOn = ({ on, off }: Options) => (on ? true : off ? false : undefined);
const addSwitch = (command: Command) =>
  command.option('--on', 'switch it on').option('--off', 'switch it off');
const mark = (on: boolean) => (on ? '✓' : '–');

function rules(task: Command, language: () => Language): void {
  const add = commandsOf(language);
  const rule = task.command('rule').description('rules by which tasks come by themselves');
  add(rule.command('list').description('all rules'), ['tasks:read'], async (client) =>
    printItems<TaskRule>(
      (await readRules(client)).rules,
      [
        ['task.rule', (one) => one.kind],
        ['task.rule.name', (one) => say(language(), `task.kind.${one.kind}`)],
        ['warn.column.isOn', (one) => mark(one.isOn)],
        ['task.leadDays', (one) => one.leadDays],
        ['warn.column.minutes', (one) => one.minutes],
        ['task.open', (one) => one.open],
      ],
      language(),
    ),
  );
  const set = rule
    .command('set')
    .description('switch a rule on or off, or set its days; what is not named stays')
    .addArgument(new Argument('<kind>', 'which rule').choices([...madeTaskKinds]))
    .option('--lead-days <number>', 'so many days before the day it stands in the list')
    .option('--minutes <number>', 'how long it takes');
  add<Options>(addSwitch(set), ['tasks:read', 'alerts:configure'], async (client, options, kind = '') => {
    const rowVersion = (await readRules(client)).rules.find((one) => one.kind === kind)?.rowVersion;
    const { leadDays, minutes } = options;
    const patch = { isOn: isOn(options), leadDays: number(leadDays), minutes: number(minutes) };
    printJson(await client.call<TaskRule>('PATCH', `/task-rules/${kind}`, { ...patch, rowVersion }));
  });
}

function stages(task: Command, language: () => Language): void {
  const add = commandsOf(language);
  const stage = task.command('stage').description('tasks for whoever enters a stage of the lifecycle');
  add(stage.command('list').description('all of them'), ['tasks:read'], async (client) =>
    printItems<StageAction>(
      (await readRules(client)).stageActions,
      [
        ['warn.column.id', (one) => one.stageActionId],
        ['task.stage', (one) => one.stage],
        ['warn.column.todo', (one) => one.title],
        ['warn.column.isOn', (one) => mark(one.isOn)],
        ['task.dueDays', (one) => one.dueDays],
        ['warn.column.minutes', (one) => one.minutes],
        ['task.open', (one) => one.open],
      ],
      language(),
    ),
  );
  const addDays = (command: Command) =>
    command
      .option('--due-days <number>', 'so many days after the stage was entered')
      .option('--minutes <number>', 'how long it takes');
  const make = stage
    .command('add')
    .description('a task for whoever enters a stage')
    .addArgument(new Argument('<stage>', 'which').choices([...lifecycleStages]))
    .argument('<title>', 'what is to be done');
  add<Options>(addDays(make), ['alerts:configure', 'tasks:read'], async (client, options, name, title) => {
    const rest = { dueDays: number(options.dueDays), minutes: number(options.minutes) };
    printJson(await client.call<StageAction>('POST', '/stage-actions', { stage: name, title, ...rest }));
  });
  const change = stage
    .command('change')
    .description('change one; what is not named stays')
    .argument('<id>', 'id of the list')
    .option('--title <text>', 'what is to be done');
  add<Options>(
    addSwitch(addDays(change)),
    ['alerts:configure', 'tasks:read'],
    async (client, options, id) => {
      const found = (await readRules(client)).stageActions.find((one) => String(one.stageActionId) === id);
      if (!found) throw new CodedError('tasks.action_not_found');
      printJson(
        await client.call<StageAction>('PATCH', `/stage-actions/${found.stageActionId}`, {
          title: options.title,
          dueDays: number(options.dueDays),
          minutes: number(options.minutes),
          isOn: isOn(options),
          rowVersion: found.rowVersion,
        }),
      );
    },
  );
  const remove = stage
    .command('delete')
    .description('no more task for it')
    .argument('<id>', 'id of the list');
  add(remove, ['alerts:configure'], async (client, _options, id = '') => {
    await client.call('DELETE', `/stage-actions/${encodeURIComponent(id)}`);
  });
}

/** What is named of a festival; the rest stays as it is. */
function careOf(options: Options): object {
  const { title, tier, region, segment, everybody, leadDays, minutes } = options;
  return {
    isOn: isOn(options),
    title: title === '' ? null : title,
    leadDays: number(leadDays),
    minutes: number(minutes),
    ...(everybody ? { tierIds: [], regions: [], segmentId: null } : {}),
    ...(tier === undefined ? {} : { tierIds: tier.map(Number) }),
    ...(region === undefined ? {} : { regions: region }),
    ...(segment === undefined ? {} : { segmentId: Number(segment) }),
  };
}

const addCare = (command: Command) =>
  command
    .option('--title <text>', 'what is done, such as a card; greetings when left out')
    .option('--lead-days <number>', 'so many days before the festival it stands in the list')
    .option('--minutes <number>', 'how long it takes')
    .option('--tier <id...>', 'customers of these tiers, by id (kezi tiers sets)')
    .option('--region <name...>', 'customers of these regions')
    .option('--segment <id>', 'members of this segment (kezi segments list)');

function festivalCares(task: Command, language: () => Language): void {
  const add = commandsOf(language);
  const festival = task.command('festival').description('festivals on which customers are thought of');
  const whom = ({ tiers, regions, segmentName }: FestivalCare): string =>
    [...tiers.map(({ name }) => name), ...regions, segmentName ?? []].flat().join(', ') ||
    say(language(), 'task.everybody');
  add(festival.command('list').description('all of them, the next first'), ['tasks:read'], async (client) =>
    printItems<FestivalCare>(
      (await readRules(client)).festivalCares,
      [
        ['warn.column.id', (one) => one.festivalCareId],
        ['task.festival', (one) => festivalName(one.festival, language())],
        ['task.nextOn', (one) => one.nextOn],
        ['warn.column.due', (one) => one.dueOn],
        ['warn.column.todo', (one) => one.title ?? festivalGreeting(language())],
        ['task.whom', whom],
        ['warn.column.isOn', (one) => mark(one.isOn)],
        ['task.leadDays', (one) => one.leadDays],
        ['task.open', (one) => one.open],
      ],
      language(),
    ),
  );
  add(festival.command('days').description('when each festival is next'), ['tasks:read'], async (client) =>
    printItems(
      (await readRules(client)).festivals,
      [
        ['task.festival', (one) => one.festival],
        ['task.rule.name', (one) => festivalName(one.festival, language())],
        ['task.nextOn', (one) => one.nextOn],
      ],
      language(),
    ),
  );
  const make = festival
    .command('add')
    .description('remind owners of their customers before a festival')
    .addArgument(new Argument('<festival>', 'which').choices([...festivals]));
  add<Options>(addCare(make), ['alerts:configure', 'segments:read'], async (client, options, name) =>
    printJson(
      await client.call<FestivalCare>('POST', '/festival-cares', { festival: name, ...careOf(options) }),
    ),
  );
  const change = festival
    .command('change')
    .description('change one; what is not named stays')
    .argument('<id>', 'id of the list')
    .option('--everybody', 'of all tiers, regions and segments again');
  add<Options>(
    addSwitch(addCare(change)),
    ['alerts:configure', 'tasks:read', 'segments:read'],
    async (client, options, id) => {
      const found = (await readRules(client)).festivalCares.find((one) => String(one.festivalCareId) === id);
      if (!found) throw new CodedError('tasks.festival_not_found');
      const patch = { ...careOf(options), rowVersion: found.rowVersion };
      printJson(await client.call<FestivalCare>('PATCH', `/festival-cares/${found.festivalCareId}`, patch));
    },
  );
  const remove = festival
    .command('delete')
    .description('no more reminders')
    .argument('<id>', 'id of the list');
  add(remove, ['alerts:configure'], async (client, _options, id = '') => {
    await client.call('DELETE', `/festival-cares/${encodeURIComponent(id)}`);
  });
}

/** Rules by which tasks come: of promises and care dates, of stages, of festivals. */
export function registerTaskRules(task: Command, language: () => Language): void {
  rules(task, language);
  stages(task, language);
  festivalCares(task, language);
}
