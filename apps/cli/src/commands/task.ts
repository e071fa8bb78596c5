import { interactionKinds, taskTitle, warningOutcomes, type TaskList, type TaskRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { noteMore, taskStatus } from './calendar.js';
import type { ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';
import { commandsOf, printDone, printItems } from './server-command.js';
import { registerTaskRules } from './task-rules.js';
import { addTeamOption, whoseOf, type OfTeam } from './team-option.js';

interface ListOptions extends ServerOptions, OfSegments, OfTeam {
  customer?: string;
  from?: string;
  to?: string;
  status: string[];
}

interface WriteOptions extends ServerOptions {
  due?: string;
  customer?: string;
  assignee?: string;
  minutes?: string;
  warning?: string;
  title?: string;
}

interface EndOptions extends ServerOptions {
  note?: string;
  how: string;
  outcome?: string;
}

const dayMs = 86_400_000;
/** A day of UTC, so many days from now: near enough for a window of two years. */
const dayFrom = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const taskPath = (id: string) => `/tasks/${encodeURIComponent(id)}`;

/** Sends what is done with a task, as it stands now. */
async function withVersion<Answer>(
  client: ServerClient,
  id: string,
  send: (rowVersion: number) => Promise<Answer>,
): Promise<Answer> {
  const { rowVersion } = await client.call<TaskRow>('GET', taskPath(id));
  return send(rowVersion);
}

function listOf(task: Command, language: () => Language): void {
  const command = task
    .command('list')
    .description('tasks, the earliest first; those of a year before and after when no days are given')
    .option('--customer <customer>', 'of this customer alone, whoever does them')
    .option('--from <day>', 'due from this day on, as 2026-01-31')
    .option('--to <day>', 'due until this day')
    .addOption(
      new Option('--status <status...>', 'in one of these states')
        .choices(['open', 'done', 'cancelled'])
        .default(['open']),
    );
  commandsOf(language)<ListOptions>(
    addSegmentOption(addTeamOption(command)),
    // Whether one may see those of others is said by the server.
    ['tasks:read', 'tasks:read-team', 'customers:read'],
    async (client, options) => {
      const query = segmentQuery(options, {
        from: options.from ?? dayFrom(-365),
        to: options.to ?? dayFrom(365),
        whose: whoseOf(options),
        cancelled: String(options.status.includes('cancelled')),
      });
      if (options.customer !== undefined) {
        query.set('customerId', String(await idOfCustomer(client, options.customer)));
      }
      const { items, more } = await client.call<TaskList>('GET', `/tasks?${query.toString()}`);
      noteMore(more, language());
      printItems(
        items.filter(({ status }) => options.status.includes(status)),
        [
          ['warn.column.id', (row) => row.taskId],
          ['warn.column.due', (row) => row.dueOn],
          ['warn.column.customer', (row) => row.customerName],
          ['warn.column.todo', (row) => taskTitle(row, { language: language() })],
          ['warn.column.status', (row) => taskStatus(row, language())],
          ['warn.column.minutes', (row) => row.minutes],
          ['task.who', (row) => row.assigneeName],
        ],
        language(),
      );
    },
  );
}

const addDetails = (command: Command) =>
  command
    .option('--minutes <number>', 'how long it takes, 5 to 480')
    .option('--assignee <id>', 'who does it, by id; who looks after the customer when left out');

function writing(task: Command, language: () => Language): void {
  const add = commandsOf(language);
  const told = (row: TaskRow) =>
    printDone(
      row,
      say(language(), 'task.written', { id: row.taskId, title: taskTitle(row, { language: language() }) }),
    );
  const make = task
    .command('add')
    .description('add a task')
    .argument('<title>', 'what is to be done')
    .requiredOption('--due <day>', 'by when, as 2026-01-31')
    .option('--customer <customer>', 'number of the customer')
    .option('--warning <id>', 'the warning of that customer that it answers');
  add<WriteOptions>(
    addDetails(make),
    ['tasks:write', 'customers:read'],
    async (client, options, title = '') => {
      const { due: dueOn, customer } = options;
      const customerId = customer === undefined ? undefined : await idOfCustomer(client, customer);
      const rest = {
        minutes: number(options.minutes),
        assigneeId: number(options.assignee),
        warningId: number(options.warning),
      };
      told(await client.call<TaskRow>('POST', '/tasks', { title, dueOn, customerId, ...rest }));
    },
  );
  const change = task
    .command('change')
    .description('change or postpone a task; what is not named stays')
    .argument('<id>', 'id of the task')
    .option('--title <text>', 'what is to be done')
    .option('--due <day>', 'by when');
  add<WriteOptions>(addDetails(change), ['tasks:read', 'tasks:write'], async (client, options, id = '') => {
    const { title, due: dueOn } = options;
    const patch = { title, dueOn, minutes: number(options.minutes), assigneeId: number(options.assignee) };
    told(
      await withVersion(client, id, (rowVersion) =>
        client.call<TaskRow>('PATCH', taskPath(id), { ...patch, rowVersion }),
      ),
    );
  });
}

function ending(task: Command, language: () => Language): void {
  const add = commandsOf(language);
  const told = (row: TaskRow) =>
    printDone(
      row,
      say(language(), `task.is.${row.status}`, {
        id: row.taskId,
        title: taskTitle(row, { language: language() }),
      }),
    );
  const rights = ['tasks:read', 'tasks:write'] as const;
  const finish = task
    .command('finish')
    .description('finish a task; a warning behind it is handled with it')
    .argument('<id>', 'id of the task')
    .option('--note <text>', 'what was said: goes into the timeline of the customer')
    .addOption(new Option('--how <kind>', 'how it was said').choices([...interactionKinds]).default('call'))
    .addOption(
      new Option('--outcome <outcome>', 'what came of the warning behind it').choices([...warningOutcomes]),
    );
  add<EndOptions>(finish, [...rights, 'interactions:write'], async (client, options, id = '') => {
    const { note, how: kind, outcome } = options;
    const interaction = note === undefined ? undefined : { kind, summary: note };
    told(
      await withVersion(client, id, (rowVersion) =>
        client.call<TaskRow>('POST', `${taskPath(id)}/done`, { interaction, outcome, rowVersion }),
      ),
    );
  });
  const cancel = task
    .command('cancel')
    .description('take a task off the list')
    .argument('<id>', 'id of the task')
    .option('--note <text>', 'why, for whoever misses it');
  add<EndOptions>(cancel, [...rights], async (client, { note }, id = '') =>
    told(
      await withVersion(client, id, (rowVersion) =>
        client.call<TaskRow>('PATCH', taskPath(id), { status: 'cancelled', note, rowVersion }),
      ),
    ),
  );
  const reopen = task
    .command('reopen')
    .description('put back a task that is done or cancelled, with the warning that ended with it')
    .argument('<id>', 'id of the task');
  add(reopen, [...rights], async (client, _options, id = '') =>
    told(
      await withVersion(client, id, (rowVersion) =>
        client.call<TaskRow>('POST', `${taskPath(id)}/reopen`, { rowVersion }),
      ),
    ),
  );
}

/** `kezi task`: what is to be done, and the rules by which it comes by itself. */
export function registerTask(program: Command, language: () => Language): void {
  const task = program.command('task').description('tasks, and the rules by which they come');
  listOf(task, language);
  writing(task, language);
  ending(task, language);
  registerTaskRules(task, language);
}
